package dev.yagura.aws.client;

import dev.yagura.core.config.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One account: an entry of {@code aws.accounts}.
 *
 * @param name the label {@code account}
 * @param profile of the SDK's files; empty for the default chain
 * @param roleArn to assume with those credentials; empty to use them as they are
 * @param externalId that the role asks for
 * @param sessionName that the account's own logs show
 * @param regions to watch; empty for the one of the default chain
 */
public record AccountSettings(
    String name,
    Optional<String> profile,
    Optional<String> roleArn,
    Optional<String> externalId,
    String sessionName,
    List<String> regions) {
  static final String DEFAULT_NAME = "default";
  static final String DEFAULT_SESSION = "yagura";

  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}");
  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/\\S+");
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");

  public AccountSettings {
    regions = List.copyOf(regions);
  }

  /** The account and the region of the SDK's default chain. */
  public static AccountSettings defaults() {
    return new AccountSettings(
        DEFAULT_NAME,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_SESSION,
        List.of());
  }

  /** Whether a text has the form of a region's name. */
  public static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }

  static AccountSettings read(Section section) {
    Optional<String> role =
        section.parsed("role_arn", text -> matching(ROLE, text, "a role's ARN"));
    Optional<String> externalId = section.text("external_id");
    if (externalId.isPresent() && !section.has("role_arn")) {
      section.problem("external_id", "is of no use without role_arn");
    }
    List<String> regions = section.texts("regions", List.of());
    Set<String> seen = new HashSet<>();
    for (String region : regions) {
      if (!isRegion(region)) {
        section.problem("regions", "\"" + region + "\" is no region, such as ap-northeast-1");
      } else if (!seen.add(region)) {
        section.problem("regions", region + " is listed twice");
      }
    }
    return new AccountSettings(
        section.requiredText("name"),
        section.text("profile"),
        role,
        externalId,
        section
            .parsed("session_name", text -> matching(SESSION, text, "a session's name"))
            .orElse(DEFAULT_SESSION),
        regions);
  }

  private static String matching(Pattern form, String text, String what) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("is not " + what);
    }
    return text;
  }
}
