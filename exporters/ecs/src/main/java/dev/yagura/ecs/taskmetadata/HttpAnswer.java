package dev.yagura.ecs.taskmetadata;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an answer in HTTP/1.
 *
 * @param length of the body, if that is told
 * @param chunked whether the body tells its length piece by piece
 */
record HttpAnswer(int status, OptionalLong length, boolean chunked) {
  private static final int MAX_HEAD = 64 << 10;
  private static final int MAX_LINE = 1 << 10;
  private static final int FIRST_FINAL = 200;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: .*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})\\s*(?:;.*)?");
  private static final String NO_HTTP = "did not answer in HTTP";

  /** What came is no HTTP, or more than may come. */
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidException(String message) {
      super(message);
    }
  }

  /** Reads up to the body. */
  static HttpAnswer head(InputStream in) throws IOException, InvalidException {
    int left = MAX_HEAD;
    int status = 0;
    while (status < FIRST_FINAL) {
      String first = line(in, left);
      Matcher matcher = STATUS.matcher(first);
      if (!matcher.matches()) {
        throw new InvalidException(NO_HTTP);
      }
      status = Integer.parseInt(matcher.group(1));
      left -= first.length();
      if (status < FIRST_FINAL) {
        while (!line(in, left--).isEmpty()) {
          // What is said for the time being.
        }
      }
    }
    OptionalLong length = OptionalLong.empty();
    boolean chunked = false;
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      left -= line.length();
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("content-length")) {
        if (!LENGTH.matcher(value).matches()) {
          throw new InvalidException(NO_HTTP);
        }
        length = OptionalLong.of(Long.parseLong(value));
      } else if (name.equals("transfer-encoding")) {
        chunked = value.equalsIgnoreCase("chunked");
      }
    }
    return new HttpAnswer(status, length, chunked);
  }

  /** Reads the body that follows. */
  byte[] body(InputStream in, int most) throws IOException, InvalidException {
    var body = new ByteArrayOutputStream();
    if (!chunked) {
      copy(in, length, body, most);
      return body.toByteArray();
    }
    for (long size = chunk(in); size > 0; size = chunk(in)) {
      copy(in, OptionalLong.of(size), body, most);
      if (!line(in, MAX_LINE).isEmpty()) {
        throw new InvalidException(NO_HTTP);
      }
    }
    return body.toByteArray(); // Trailers say nothing to us.
  }

  private static long chunk(InputStream in) throws IOException, InvalidException {
    Matcher size = CHUNK.matcher(line(in, MAX_LINE));
    if (!size.matches()) {
      throw new InvalidException(NO_HTTP);
    }
    return Long.parseLong(size.group(1), 16);
  }

  private static void copy(InputStream in, OptionalLong size, ByteArrayOutputStream body, int most)
      throws IOException, InvalidException {
    if (size.orElse(0) > most - body.size()) {
      throw tooMuch(most);
    }
    var buffer = new byte[16 << 10];
    long left = size.orElse(Long.MAX_VALUE);
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        if (size.isPresent()) {
          throw new EOFException("the answer ended early");
        }
        return;
      }
      body.write(buffer, 0, read);
      left -= read;
      if (body.size() > most) {
        throw tooMuch(most);
      }
    }
  }

  private static InvalidException tooMuch(int most) {
    return new InvalidException("answered more than " + most + " bytes");
  }

  private static String line(InputStream in, int most) throws IOException, InvalidException {
    var line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new EOFException("the answer ended early");
      }
      line.write(read);
      if (line.size() > most) {
        throw new InvalidException(NO_HTTP);
      }
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
