package dev.yagura.testing.aws;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, and the token with which the next part is asked for; null on the last.
 *
 * @param <T> what is listed
 */
record Page<T>(List<T> items, @Nullable String next) {

  /** Which page it is, from 1, and where in the list it begins; services may need two numbers. */
  record Token(int page, int first, int second) {
    static final Token START = new Token(1, 0, 0);

    static Token of(@Nullable String written) {
      if (written == null || written.isEmpty()) {
        return START;
      }
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(written);
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split(":", -1);
        return new Token(
            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw AwsError.badRequest("InvalidNextToken", "This token was not given: " + written);
      }
    }

    /** What the caller sends to have the next page, which begins there. */
    String next(int first, int second) {
      String parts = (page + 1) + ":" + first + ":" + second;
      return Base64.getUrlEncoder().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }
  }

  static <T> Page<T> of(List<T> all, @Nullable String token, int size) {
    Token at = Token.of(token);
    int from = Math.min(at.first(), all.size());
    int to = Math.min(from + size, all.size());
    return new Page<>(all.subList(from, to), to < all.size() ? at.next(to, 0) : null);
  }
}
