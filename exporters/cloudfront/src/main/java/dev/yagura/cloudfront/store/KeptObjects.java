package dev.yagura.cloudfront.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counters of objects that were members once and are not tracked now: an object that comes back
 * starts from them. Those that left longest ago are forgotten first.
 */
final class KeptObjects {
  private final int capacity;

  /** In the order in which they left; a key is the bytes as ISO 8859-1, which is compact. */
  private final Map<String, Kept> objects = new LinkedHashMap<>();

  private final Set<String> changed = new LinkedHashSet<>();
  private long sequence;

  /** What is kept of one object; its arrays do not change. */
  static final class Kept {
    private final byte[] object;
    private final long sequence;
    private final long[] counters;

    private Kept(byte[] object, long sequence, long[] counters) {
      this.object = object;
      this.sequence = sequence;
      this.counters = counters;
    }

    byte[] object() {
      return object;
    }

    /** Grows with each that leaves; from 1 on. */
    long sequence() {
      return sequence;
    }

    /** As they were when it left. */
    long[] counters() {
      return counters;
    }
  }

  KeptObjects(int capacity) {
    this.capacity = capacity;
  }

  private static String key(byte[] object) {
    return new String(object, StandardCharsets.ISO_8859_1);
  }

  /** Takes one as it was stored; to be called in the order of their sequence. */
  void restore(byte[] object, long at, long[] counters) {
    objects.put(key(object), new Kept(object, at, counters));
    sequence = Math.max(sequence, at);
  }

  /** Keeps one; gives those for which there is no room any more. */
  List<byte[]> keep(byte[] object, long[] counters) {
    String key = key(object);
    objects.put(key, new Kept(object, ++sequence, counters));
    changed.add(key);
    List<byte[]> forgotten = new ArrayList<>();
    var oldest = objects.values().iterator();
    for (int excess = objects.size() - capacity; excess > 0; excess--) {
      forgotten.add(oldest.next().object());
      oldest.remove();
    }
    return forgotten;
  }

  /** What was kept of it, which is the caller's from here on; null if nothing was. */
  long @Nullable [] take(byte[] object) {
    if (objects.isEmpty()) {
      return null;
    }
    Kept kept = objects.remove(key(object));
    return kept == null ? null : kept.counters();
  }

  int size() {
    return objects.size();
  }

  /** Those that were kept since the last call and still are. */
  List<Kept> changes() {
    List<Kept> news = new ArrayList<>();
    for (String key : changed) {
      Kept kept = objects.get(key);
      if (kept != null) {
        news.add(kept);
      }
    }
    changed.clear();
    return news;
  }
}
