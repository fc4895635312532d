package dev.yagura.core.web.security;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a class writes to the log at WARN while this is open. */
final class LogTrap extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

  LogTrap(Class<?> logging) {
    this.logger = Logger.getLogger(logging.getName());
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().equals(Level.WARNING)) {
      warnings.add(new SimpleFormatter().formatMessage(entry));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
