package dev.yagura.testing.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a message is deleted by: its number in the queue, and which of its receives it was.
 *
 * @param receives how often it had been received then
 */
record SqsHandle(long message, int receives) {

  static String write(long message, int receives) {
    byte[] text = (message + ":" + receives).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().encodeToString(text);
  }

  static SqsHandle of(String written) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(written);
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split(":", -1);
      return new SqsHandle(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw AwsError.badRequest("ReceiptHandleIsInvalid", "This was not given: " + written);
    }
  }
}
