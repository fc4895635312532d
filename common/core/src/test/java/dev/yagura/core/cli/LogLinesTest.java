package dev.yagura.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.cli.ServerOptions.LogFormat;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LogLinesTest {
  private static LogRecord event(Level level, String message) {
    var event = new LogRecord(level, message);
    event.setInstant(Instant.parse("2026-11-23T01:02:03.456789Z"));
    return event;
  }

  @Test
  void aLineOfLogfmtHasTimeLevelAndMessage() {
    assertThat(new LogLines(LogFormat.logfmt).format(event(Level.INFO, "it \"runs\"")))
        .isEqualTo("ts=2026-11-23T01:02:03.456Z level=info msg=\"it \\\"runs\\\"\"\n");
  }

  @Test
  void aLineOfJsonHasTimeLevelAndMessage() {
    assertThat(new LogLines(LogFormat.json).format(event(Level.WARNING, "a\\b")))
        .isEqualTo("{\"ts\":\"2026-11-23T01:02:03.456Z\",\"level\":\"warn\",\"msg\":\"a\\\\b\"}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "SEVERE, error",
    "WARNING, warn",
    "INFO, info",
    "CONFIG, debug",
    "FINE, debug",
    "FINEST, debug"
  })
  void levelsHaveTheNamesOfExporterToolkit(String level, String shown) {
    assertThat(new LogLines(LogFormat.logfmt).format(event(Level.parse(level), "m")))
        .contains(" level=" + shown + " ");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void nothingInAMessageForgesALineOrSteersATerminal(LogFormat format) {
    String hostile = "a\nts=0 level=error\r\t\0\u001b[31m\u007f\u0085\u009b2J\u2028\u2029\u202eb";
    String line = new LogLines(format).format(event(Level.INFO, hostile));
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(line.substring(0, line.length() - 1).codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> Character.getType(point) == Character.FORMAT)
        .noneMatch(point -> point == 0x2028 || point == 0x2029);
    assertThat(line).contains("a\\nts=0 level=error\\u000d\\t\\u0000\\u001b[31m\\u007f\\u0085");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void whatIsNoControlCharacterStays(LogFormat format) {
    assertThat(new LogLines(format).format(event(Level.INFO, "näïve 🦉 {0} %s")))
        .contains("\"näïve 🦉 {0} %s\"");
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void aStackTraceIsOneFieldOfItsLine(LogFormat format) {
    LogRecord event = event(Level.SEVERE, "it broke");
    event.setThrown(new IllegalStateException("first\nsecond"));
    String line = new LogLines(format).format(event);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(line).contains("error", "IllegalStateException: first\\nsecond\\n\\tat dev.yagura");
  }
}
