package dev.yagura.core.metrics;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labels that some families share, and how each is read off a row. Families that name the same
 * instance have their labels encoded once for all of them.
 */
public final class LabelSet<R> {

  /** A longer value is shown cut, so that one hostile name cannot swell every answer. */
  static final int MAX_VALUE_LENGTH = 1024;

  /**
   * Reads a label's value off a row; {@code null} is shown as the empty string, and more than 1,024
   * characters are cut short and end in an ellipsis.
   */
  @FunctionalInterface
  public interface Value<R> {
    @Nullable String of(R row);
  }

  private record Label<R>(String name, Value<R> value) {}

  private final List<Label<R>> labels;

  private LabelSet(List<Label<R>> labels) {
    this.labels = labels;
  }

  /** No label at all: at most one sample a family. */
  public static <R> LabelSet<R> none() {
    return new LabelSet<>(List.of());
  }

  /** A set of one label. */
  public static <R> LabelSet<R> of(String name, Value<R> value) {
    return LabelSet.<R>none().and(name, value);
  }

  /**
   * This set and one label more; labels stand in the order of their names, as Prometheus shows
   * them.
   *
   * @throws IllegalArgumentException if the name is not a label name, or is there already
   */
  public LabelSet<R> and(String name, Value<R> value) {
    Names.checkLabel(name);
    if (names().contains(name)) {
      throw new IllegalArgumentException("label " + name + " is there twice");
    }
    @SuppressWarnings({"unchecked", "rawtypes"})
    Label<R>[] more = labels.toArray(new Label[labels.size() + 1]);
    more[labels.size()] = new Label<>(name, value);
    Arrays.sort(more, (a, b) -> a.name().compareTo(b.name()));
    return new LabelSet<>(List.of(more));
  }

  /** The names, sorted. */
  public List<String> names() {
    return labels.stream().map(Label::name).toList();
  }

  int size() {
    return labels.size();
  }

  String name(int index) {
    return labels.get(index).name();
  }

  String value(int index, R row) {
    String value = labels.get(index).value().of(row);
    return value == null ? "" : bounded(value);
  }

  /** Throws what reading this row's labels would throw. */
  void verify(R row) {
    labels.forEach(label -> label.value().of(row));
  }

  private static String bounded(String value) {
    if (value.length() <= MAX_VALUE_LENGTH) {
      return value;
    }
    int end = MAX_VALUE_LENGTH - 1;
    if (Character.isHighSurrogate(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(0, end) + "…";
  }
}
