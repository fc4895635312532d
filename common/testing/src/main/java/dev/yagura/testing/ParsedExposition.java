package dev.yagura.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** What an exposition says; {@link Expositions#parse} makes it. */
public final class ParsedExposition {
  private final Map<String, String> types;
  private final Map<String, String> help;
  private final List<Sample> samples;

  ParsedExposition(Map<String, String> types, Map<String, String> help, List<Sample> samples) {
    this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    this.help = Collections.unmodifiableMap(new LinkedHashMap<>(help));
    this.samples = List.copyOf(samples);
  }

  /** The type of each family, in the order in which they stand. */
  public Map<String, String> types() {
    return types;
  }

  /** The help of each family, without escapes. */
  public Map<String, String> help() {
    return help;
  }

  /** The names of the families, in the order in which they stand. */
  public Set<String> families() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(types.keySet()));
  }

  /** All samples, in the order in which they stand. */
  public List<Sample> samples() {
    return samples;
  }

  /** The samples whose own name this is: {@code x_bucket}, not {@code x}, for a histogram. */
  public List<Sample> samples(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).toList();
  }

  /**
   * The value of the one sample of this name that has these labels, whatever others it has.
   *
   * @param labels names and values in turn
   * @return nothing if there is no such sample
   * @throws AssertionError if there are several
   */
  public OptionalDouble value(String name, String... labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException("labels are names and values in turn");
    }
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    List<Sample> found =
        samples(name).stream()
            .filter(sample -> sample.labels().entrySet().containsAll(wanted.entrySet()))
            .toList();
    if (found.size() > 1) {
      throw new AssertionError("several samples are " + name + wanted + ": " + found);
    }
    return found.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(found.get(0).value());
  }
}
