package dev.yagura.core.cli;

import dev.yagura.core.cli.ServerOptions.LogFormat;
import dev.yagura.core.cli.ServerOptions.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line an event on standard error, as logfmt or JSON; a stack trace is one field of it. */
final class LogLines extends Formatter {
  /** Libraries that log at each failed attempt what we say once. */
  private static final List<String> TALKATIVE = List.of("org.postgresql", "sun.net.httpserver");

  /** Held so that the levels set on them are not collected with them. */
  private static final List<Logger> QUIET = TALKATIVE.stream().map(Logger::getLogger).toList();

  private final LogFormat format;

  LogLines(LogFormat format) {
    this.format = format;
  }

  static void configure(LogLevel level, LogFormat format) {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new LogLines(format));
    Logger root = Logger.getLogger("");
    root.setLevel(
        switch (level) {
          case debug -> Level.FINE;
          case info -> Level.INFO;
          case warn -> Level.WARNING;
          case error -> Level.SEVERE;
        });
    root.addHandler(handler);
    QUIET.forEach(logger -> logger.setLevel(Level.OFF));
  }

  @Override
  public String format(LogRecord event) {
    String time = event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString();
    String message = formatMessage(event);
    String error = event.getThrown() == null ? "" : stackTrace(event.getThrown());
    if (format == LogFormat.json) {
      return "{\"ts\":"
          + quoted(time)
          + ",\"level\":"
          + quoted(level(event))
          + ",\"msg\":"
          + quoted(message)
          + (error.isEmpty() ? "" : ",\"error\":" + quoted(error))
          + "}\n";
    }
    return "ts="
        + time
        + " level="
        + level(event)
        + " msg="
        + quoted(message)
        + (error.isEmpty() ? "" : " error=" + quoted(error))
        + "\n";
  }

  private static String level(LogRecord event) {
    int level = event.getLevel().intValue();
    if (level >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (level >= Level.WARNING.intValue()) {
      return "warn";
    }
    return level >= Level.INFO.intValue() ? "info" : "debug";
  }

  private static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Whether a terminal or a viewer would do something with it other than show it. */
  private static boolean steers(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** A JSON string, which logfmt reads as well; control characters cannot forge a line. */
  private static String quoted(String text) {
    var out = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (steers(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
