package dev.yagura.cloudfront.count;

import dev.yagura.accesslog.format.Malformed;
import dev.yagura.accesslog.heavy.ObjectTable;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one file says, or several together: by hour totals and objects, and by result type. The
 * objects of all hours share one bound; totals and results are always exact.
 */
public final class FileCounts {
  private static final int NONE = -1;

  private final int capacity;
  private final Predicate<byte[]> isTracked;
  private final Map<Long, HourCounts> hours = new TreeMap<>();
  private @Nullable HourCounts current;
  private int units;
  private final ObjectTable evicted = new ObjectTable(Column.COUNT);

  final ResultTypes types = new ResultTypes();

  /** By the number of the type; grows with {@link #types}. */
  private final long[] results = new long[ResultTypes.KNOWN.size() + ResultTypes.UNKNOWN_AT_MOST];

  private final long[] responseResults = new long[results.length];
  private final LatencyBuckets timeTaken = new LatencyBuckets();
  private final LatencyBuckets firstByte = new LatencyBuckets();
  private final EnumMap<Malformed, Long> malformed = new EnumMap<>(Malformed.class);
  private final long[] missing = new long[LogColumns.ALL.size()];
  private long lines;
  private long bytes;
  private long newest;
  private long oldest = Long.MAX_VALUE;

  /**
   * Nothing counted yet.
   *
   * @param capacity {@link ObjectTable#units} of objects at most, those of each hour apart
   * @param isTracked objects whose counters have to be exact whatever goes, see {@link #evicted()}
   */
  public FileCounts(int capacity, Predicate<byte[]> isTracked) {
    this.capacity = capacity;
    this.isTracked = isTracked;
  }

  /** One valid line; a type is its number or -1 where the line has none. */
  void count(
      long hour, int result, int response, int status, long size, ObjectNaming.Namer object) {
    HourCounts in = hour(hour);
    int row = row(in, object);
    long[] counters = in.objects().table().counters(row);
    int at = in.objects().table().offset(row);
    // In the order of Column.index().
    counters[at]++;
    if (response == ResultTypes.HIT) {
      counters[at + 1]++;
    } else if (response == ResultTypes.MISS) {
      counters[at + 2]++;
    }
    if (result == ResultTypes.MISS) {
      counters[at + 3] += size;
    }
    counters[at + 4] += size;
    if (status == 200 && result == ResultTypes.ERROR) {
      counters[at + 5]++;
    }
    if (status >= 200 && status < 600) {
      counters[at + 4 + status / 100]++;
    }
    if (result != NONE) {
      results[result]++;
    }
    if (response != NONE) {
      responseResults[response]++;
    }
  }

  private HourCounts hour(long hour) {
    HourCounts known = current;
    if (known != null && known.hour() == hour) {
      return known;
    }
    HourCounts found = hours.get(hour);
    if (found == null) {
      found = new HourCounts(hour, capacity);
      found.objects().onEviction(this::evict);
      hours.put(hour, found);
    }
    current = found;
    return found;
  }

  private int row(HourCounts in, ObjectNaming.Namer object) {
    int row = in.objects().table().find(object.bytes(), object.from(), object.to());
    if (row >= 0) {
      return row;
    }
    while (units >= capacity) {
      shrink();
    }
    units -= in.objects().table().units();
    row = in.objects().row(object.bytes(), object.from(), object.to());
    units += in.objects().table().units();
    return row;
  }

  private void evict(byte[] object, long[] counters) {
    if (isTracked.test(object)) {
      int row = evicted.findOrAdd(object);
      long[] sums = evicted.counters(row);
      int at = evicted.offset(row);
      for (int column = 0; column < counters.length; column++) {
        sums[at + column] += counters[column];
      }
    }
  }

  /**
   * What the hours have let go of objects that are tracked, of all hours together: with this, their
   * counters are exact.
   */
  public ObjectTable evicted() {
    return evicted;
  }

  /** How much memory the objects of all hours take, in {@link ObjectTable#units}. */
  public int units() {
    return units;
  }

  /** Lets a quarter of the objects of the fullest hour go: those that matter least. */
  public void shrink() {
    HourCounts largest = hours.values().iterator().next();
    for (HourCounts hour : hours.values()) {
      if (hour.objects().table().units() > largest.objects().table().units()) {
        largest = hour;
      }
    }
    units -= largest.objects().table().units();
    largest.objects().shrink();
    units += largest.objects().table().units();
  }

  void observe(LatencyBuckets latency, int result, long micros) {
    if (result != NONE && micros >= 0) {
      latency.observe(result, micros);
    }
  }

  void read(
      long moreLines,
      long moreBytes,
      Map<Malformed, Long> bad,
      long oldestSeconds,
      long newestSeconds) {
    lines += moreLines;
    bytes += moreBytes;
    bad.forEach((reason, count) -> malformed.merge(reason, count, Long::sum));
    oldest = Math.min(oldest, oldestSeconds);
    newest = Math.max(newest, newestSeconds);
  }

  void missing(int column) {
    missing[column]++;
  }

  /** Adds the objects, totals and lines of another one; not its results and times. */
  public void add(FileCounts other) {
    for (HourCounts theirs : other.hours.values()) {
      HourCounts ours = hour(theirs.hour());
      units -= ours.objects().table().units();
      ours.objects().add(theirs.objects());
      units += ours.objects().table().units();
    }
    read(other.lines, other.bytes, other.malformed, other.oldest, other.newest);
    for (int column = 0; column < missing.length; column++) {
      missing[column] += other.missing[column];
    }
  }

  /** The hours of which there are requests, the first one first. */
  public Collection<HourCounts> hours() {
    return hours.values();
  }

  /** All hours together. */
  public Counts totals() {
    Counts sum = Counts.NONE;
    for (HourCounts hour : hours.values()) {
      sum = sum.plus(hour.total());
    }
    return sum;
  }

  /** Requests by {@code x-edge-result-type}; without those that have none. */
  public Map<String, Long> results() {
    return byName(results);
  }

  /** Requests by {@code x-edge-response-result-type}; without those that have none. */
  public Map<String, Long> responseResults() {
    return byName(responseResults);
  }

  private Map<String, Long> byName(long[] counts) {
    Map<String, Long> named = new TreeMap<>();
    for (int number = 0; number < types.size(); number++) {
      if (counts[number] > 0) {
        named.put(types.name(number), counts[number]);
      }
    }
    return named;
  }

  /** The {@code x-edge-result-type}s that {@link #timeTaken} and {@link #firstByte} number. */
  public int resultTypes() {
    return types.size();
  }

  /** The name of a result type. */
  public String resultType(int number) {
    return types.name(number);
  }

  /** The column {@code time-taken}, by {@code x-edge-result-type}. */
  public LatencyBuckets timeTaken() {
    return timeTaken;
  }

  /** The column {@code time-to-first-byte}, by {@code x-edge-result-type}. */
  public LatencyBuckets firstByte() {
    return firstByte;
  }

  /** Lines with a request, malformed ones included. */
  public long lines() {
    return lines;
  }

  /** Bytes read, unpacked. */
  public long bytes() {
    return bytes;
  }

  /** Lines that were not counted, by why. */
  public Map<Malformed, Long> malformed() {
    return Map.copyOf(malformed);
  }

  /** Counted lines that lack a column, by its name; what it would tell is not known of them. */
  public Map<String, Long> missingColumns() {
    Map<String, Long> named = new TreeMap<>();
    for (int column = 0; column < missing.length; column++) {
      if (missing[column] > 0) {
        named.put(LogColumns.ALL.get(column).names().get(0), missing[column]);
      }
    }
    return named;
  }

  /** When the oldest request was, in seconds since 1970; meaningless without any. */
  public long oldest() {
    return oldest;
  }

  /** When the newest request was, in seconds since 1970; 0 without any. */
  public long newest() {
    return newest;
  }
}
