package dev.yagura.testing.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Identifiers that look like those of ECS, and are the same in every run. */
final class EcsIds {
  private final Random random = new Random(1);

  private String some(String alphabet, int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return id.toString();
  }

  /** Of tasks and container instances. */
  String hex() {
    return some("0123456789abcdef", 32);
  }

  /** Of deployments and service revisions. */
  String digits() {
    return "1" + some("0123456789", 18);
  }

  /** Of service deployments. */
  String letters() {
    return some("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 21);
  }

  /** Of containers, attachments and events. */
  String dashed() {
    String hex = hex();
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  /** What an image is pulled as. */
  static String digest(String image) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(image.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
