package dev.yagura.ecs.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/** Texts that are the same to a reader, and texts that no reader would write. */
final class Texts {
  private static final Pattern ID = Pattern.compile("\\b(?=[0-9a-f-]*[0-9])[0-9a-f-]{4,}\\b");
  private static final Pattern ARN = Pattern.compile("arn:aws:[^\\s')\\]|]+");

  private Texts() {}

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** Fails if a part of an id could stand in it, or a text that is plain could not have it. */
  static void isStable(Phrase phrase) {
    assertThat(phrase.pieces())
        .isNotEmpty()
        .allMatch(piece -> piece.equals(piece.toLowerCase(Locale.ROOT)))
        .noneMatch(piece -> piece.isBlank() || piece.contains("  "))
        .noneMatch(piece -> piece.chars().anyMatch(Character::isDigit));
  }

  /** The same with other ARNs and ids; what is a deployment's id stays as it is. */
  static String withOtherIds(String text, Random random) {
    String arns =
        ARN.matcher(text).replaceAll(match -> "arn:aws:x:" + id(random) + "/" + id(random));
    return ID.matcher(arns).replaceAll(match -> id(random));
  }

  private static String id(Random random) {
    return Long.toHexString(random.nextLong()) + random.nextInt(10);
  }
}
