package dev.yagura.loggenerator;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes files of version 1 with 33 columns, as large as one likes. */
public final class LogGenerator {
  /** The distribution of all invented logs. */
  public static final String DISTRIBUTION = "E2EXAMPLE12345";

  /** When invented traffic begins. */
  public static final Instant START = Instant.parse("2026-11-22T07:00:00Z");

  private static final int WIDTH = 33;
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH", Locale.ROOT).withZone(ZoneOffset.UTC);

  private LogGenerator() {}

  /** A name as CloudFront gives it: {@code E2EXAMPLE12345.2026-11-22-07.abcdef12.gz}. */
  public static String fileName(String distribution, Instant hour, long unique) {
    return distribution
        + "."
        + HOUR.format(hour)
        + "."
        + String.format(Locale.ROOT, "%08x", unique & 0xffffffffL)
        + ".gz";
  }

  /** Writes an hour of sound traffic to a file, compressed. */
  public static void write(Path file, int lines, Popularity popularity, long seed)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      LogWriter.write(
          LogPlan.v1(WIDTH, lines),
          new Traffic(seed, popularity, START, Duration.ofHours(1), 0),
          out);
    }
  }
}
