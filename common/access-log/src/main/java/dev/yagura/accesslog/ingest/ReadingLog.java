package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.ObjectId;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which files could not be read, as long as that is news. */
final class ReadingLog {
  private static final Logger logger = LoggerFactory.getLogger(ReadingLog.class);
  private static final int NAMED = 20;

  private final Map<UnreadableReason, Integer> named = new EnumMap<>(UnreadableReason.class);
  private boolean failing;

  synchronized void counted() {
    if (failing) {
      failing = false;
      logger.info("log files can be read again");
    }
  }

  synchronized void failed(ObjectId id, String message) {
    if (!failing) {
      failing = true;
      logger.warn("{} could not be read and is tried again, others may follow: {}", id, message);
    }
  }

  synchronized void unreadable(ObjectId id, UnreadableReason reason, @Nullable Throwable cause) {
    int number = named.merge(reason, 1, Integer::sum);
    if (number > NAMED) {
      return;
    }
    String more = number == NAMED ? "; further ones are only counted" : "";
    if (reason == UnreadableReason.BUG) {
      logger.error("{} is not counted for a fault of ours{}", id, more, cause);
    } else {
      logger.warn(
          "{} is not counted, {}: {}{}",
          id,
          reason.label(),
          cause == null ? "" : cause.getMessage(),
          more);
    }
  }
}
