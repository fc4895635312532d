package dev.yagura.cloudfront;

import dev.yagura.loggenerator.LogFields;
import dev.yagura.loggenerator.LogFormat;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import java.time.Duration;
import java.util.List;

/** Small logs, for tests that do not care what is in them or want just these paths. */
final class OneLog {
  static final String DISTRIBUTION = "E2EXAMPLE12345";

  private OneLog() {}

  /** Ten requests of a few objects. */
  static byte[] any(long seed) {
    return LogWriter.bytes(
        LogPlan.of(LogFormat.V1, LogFields.V1, 10).inMembers(0),
        new Traffic(seed, Popularity.zipf(4, 1), LogGenerator.START, Duration.ofHours(1), 0));
  }

  /** A hit of each of these paths, as they are logged. */
  static String of(String... paths) {
    var text = new StringBuilder("#Fields: ");
    text.append(String.join(" ", List.of("date", "time", "cs-uri-stem", "sc-status", "sc-bytes")));
    text.append(" x-edge-result-type x-edge-response-result-type\n");
    for (String path : paths) {
      text.append("2026-11-22\t07:15:00\t").append(path).append("\t200\t100\tHit\tHit\n");
    }
    return text.toString();
  }
}
