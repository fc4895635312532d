package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.LogObject;
import dev.yagura.accesslog.source.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that were offered and are not dealt with, each once, and who waits for them. */
final class InProgress {
  /** Wants to know how a file went. */
  interface Waiter {
    /**
     * Called once.
     *
     * @param first whether it was read for this one
     */
    void ended(Outcome outcome, boolean first);
  }

  /** Makes one who waits. */
  interface Supply {
    Waiter get();
  }

  /** One file and those who want to know. */
  static final class Entry {
    private final LogObject object;
    private final List<Waiter> waiting = new ArrayList<>();
    private final List<Object> waitingOnce = new ArrayList<>();

    Entry(LogObject object) {
      this.object = object;
    }

    LogObject object() {
      return object;
    }
  }

  private final Map<ObjectId, Entry> entries = new HashMap<>();

  /**
   * Waits for a file.
   *
   * @return what has to be read for it; null if that is under way already
   */
  synchronized @Nullable Entry add(LogObject object, Waiter waiting) {
    Entry known = entries.get(object.id());
    if (known != null) {
      known.waiting.add(waiting);
      return null;
    }
    Entry entry = new Entry(object);
    entry.waiting.add(waiting);
    entries.put(object.id(), entry);
    return entry;
  }

  /**
   * Waits for a file if it is under way.
   *
   * @param who waits once, however often it asks
   * @param waiting made only if it is needed
   */
  synchronized boolean join(ObjectId id, Object who, Supply waiting) {
    Entry known = entries.get(id);
    if (known == null) {
      return false;
    }
    if (!known.waitingOnce.contains(who)) {
      known.waitingOnce.add(who);
      known.waiting.add(waiting.get());
    }
    return true;
  }

  /** It is not under way any more; tells those who wait in the order in which they came. */
  void end(ObjectId id, Outcome outcome) {
    Entry entry;
    synchronized (this) {
      entry = entries.remove(id);
    }
    if (entry == null) {
      return;
    }
    boolean first = true;
    for (Waiter waiter : entry.waiting) {
      waiter.ended(outcome, first);
      first = false;
    }
  }

  synchronized boolean contains(ObjectId id) {
    return entries.containsKey(id);
  }

  synchronized int size() {
    return entries.size();
  }
}
