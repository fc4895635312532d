package dev.yagura.core.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one target, ready to be written: every row's labels are encoded once, however
 * many families show them and however many scrapes read them.
 *
 * <p>Two rows with the same labels would be one series with two values. The first stays, the others
 * are left out and counted, so that one faulty row never costs a whole scrape.
 */
public final class Samples {
  private static final byte[] LEFT_OUT = new byte[0];

  /** One family over its rows. */
  static final class Series<R> {
    private final Family<R> family;
    private final List<R> rows;
    private final byte[][] labels;
    private final ConstantLabels constant;

    Series(Family<R> family, List<R> rows, byte[][] labels, ConstantLabels constant) {
      this.family = family;
      this.rows = rows;
      this.labels = labels;
      this.constant = constant;
    }

    Family<R> family() {
      return family;
    }

    List<R> rows() {
      return rows;
    }

    /** The row's labels with their braces, as both text formats write them; empty without any. */
    byte[] labels(int row) {
      return labels[row];
    }

    boolean has(int row) {
      return labels[row] != LEFT_OUT;
    }

    ConstantLabels constant() {
      return constant;
    }
  }

  private final List<Series<?>> series;
  private final int duplicates;

  private Samples(List<Series<?>> series, int duplicates) {
    this.series = series;
    this.duplicates = duplicates;
  }

  /** Encodes the labels of these snapshots, each with the constant labels merged in. */
  public static Samples of(List<Snapshot> snapshots, ConstantLabels constant) {
    var encoder = new Encoder(constant);
    for (Snapshot snapshot : snapshots) {
      for (Snapshot.Part<?> part : snapshot.parts()) {
        encoder.add(part);
      }
    }
    return new Samples(List.copyOf(encoder.series), encoder.duplicates);
  }

  /** Both, one after the other. */
  public static Samples join(Samples one, Samples other) {
    List<Series<?>> all = new ArrayList<>(one.series);
    all.addAll(other.series);
    return new Samples(List.copyOf(all), one.duplicates + other.duplicates);
  }

  List<Series<?>> series() {
    return series;
  }

  /** The families that have at least one row here. */
  public List<Family<?>> families() {
    return series.stream().<Family<?>>map(Series::family).toList();
  }

  /** How many rows were left out because another row had the same labels. */
  public int duplicates() {
    return duplicates;
  }

  private static final class Encoder {
    private final ConstantLabels constant;
    private final List<Series<?>> series = new ArrayList<>();
    private final Map<String, Seen> seenByFamily = new HashMap<>();
    private final Utf8Buffer buffer = new Utf8Buffer(256);
    private int duplicates;

    Encoder(ConstantLabels constant) {
      this.constant = constant;
    }

    <R> void add(Snapshot.Part<R> part) {
      Map<LabelSet<R>, List<Family<R>>> byLabels = new LinkedHashMap<>();
      for (Family<R> family : part.families()) {
        byLabels.computeIfAbsent(family.labels(), set -> new ArrayList<>()).add(family);
      }
      byLabels.forEach(
          (labels, families) -> {
            byte[][] encoded = new byte[part.rows().size()][];
            for (int i = 0; i < encoded.length; i++) {
              encoded[i] = encode(labels, part.rows().get(i));
            }
            // Families that were seen with the same rows so far share one set of what was seen.
            Map<Optional<Seen>, List<Family<R>>> alike = new LinkedHashMap<>();
            for (Family<R> family : families) {
              alike
                  .computeIfAbsent(
                      Optional.ofNullable(seenByFamily.get(family.name())),
                      seen -> new ArrayList<>())
                  .add(family);
            }
            int[] leftOut = {0};
            alike.forEach(
                (seen, same) ->
                    leftOut[0] =
                        Math.max(leftOut[0], add(same, part.rows(), encoded, sole(seen, same))));
            duplicates += leftOut[0];
          });
    }

    /** What these families saw, and no other does. */
    private <R> Seen sole(Optional<Seen> seen, List<Family<R>> families) {
      Seen sole = seen.map(shared -> shared.without(families.size())).orElseGet(Seen::new);
      sole.families = families.size();
      families.forEach(family -> seenByFamily.put(family.name(), sole));
      return sole;
    }

    private <R> int add(List<Family<R>> families, List<R> rows, byte[][] encoded, Seen seen) {
      byte[][] labels = encoded.clone();
      int leftOut = 0;
      for (int i = 0; i < labels.length; i++) {
        if (!seen.keys.add(new Key(labels[i]))) {
          labels[i] = LEFT_OUT;
          leftOut++;
        }
      }
      families.forEach(family -> series.add(new Series<>(family, rows, labels, constant)));
      return leftOut;
    }

    private <R> byte[] encode(LabelSet<R> labels, R row) {
      buffer.clear();
      LabelPairs.forEach(
          labels,
          row,
          constant,
          (name, value) -> {
            buffer.put(buffer.length() == 0 ? '{' : ',');
            buffer.putAscii(name);
            buffer.put('=');
            buffer.put('"');
            buffer.putEscaped(value, true);
            buffer.put('"');
          });
      if (buffer.length() > 0) {
        buffer.put('}');
      } else {
        // No label is written as no byte, and must still differ from a row that is left out.
        return new byte[0];
      }
      return buffer.toArray();
    }
  }

  /** The label sets that some families have shown already. */
  private static final class Seen {
    private final Set<Key> keys = new HashSet<>();
    private int families;

    /** These keys for some of its families alone, which leave it. */
    Seen without(int leaving) {
      if (leaving == families) {
        return this;
      }
      families -= leaving;
      var copy = new Seen();
      copy.keys.addAll(keys);
      return copy;
    }
  }

  private static final class Key {
    private final byte[] bytes;
    private final int hash;

    Key(byte[] bytes) {
      this.bytes = bytes;
      this.hash = Arrays.hashCode(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
