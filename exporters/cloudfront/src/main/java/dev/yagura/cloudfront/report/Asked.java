package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the query of an address asks for.
 *
 * @param query empty if there are problems, or if a distribution is to be chosen first
 * @param problems all that is wrong, a sentence each
 * @param notes what was changed of what was asked
 * @param window the preset that the window is of; empty if it was given by its start or end
 */
record Asked(
    Optional<ReportQuery> query,
    List<String> problems,
    List<String> notes,
    Optional<Window> window) {

  private static final int DEFAULT_TOP = 50;
  private static final int MAX_TOP = 1000;
  private static final Duration LONGEST = Duration.ofDays(60);
  private static final List<String> NAMES =
      List.of("distribution", "start", "end", "window", "top", "order");

  /** Windows that end with the hour that is running. */
  enum Window {
    DAY("24h", "24 hours", Duration.ofHours(24)),
    WEEK("7d", "7 days", Duration.ofDays(7)),
    MONTH("30d", "30 days", Duration.ofDays(30)),
    ALL("60d", "60 days", LONGEST);

    private final String label;
    private final String title;
    private final Duration length;

    Window(String label, String title, Duration length) {
      this.label = label;
      this.title = title;
      this.length = length;
    }

    /** As in queries. */
    String label() {
      return label;
    }

    String title() {
      return title;
    }
  }

  /**
   * Reads parameters; one that is empty is one that is not given.
   *
   * @param known the distributions of which there is something
   */
  static Asked parse(Map<String, List<String>> parameters, List<String> known, Instant now) {
    return new Reading(parameters).read(known, now);
  }

  private static final class Reading {
    private final Map<String, List<String>> parameters;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Reading(Map<String, List<String>> parameters) {
      this.parameters = parameters;
    }

    Asked read(List<String> known, Instant now) {
      for (String name : parameters.keySet()) {
        if (!NAMES.contains(name)) {
          problems.add(
              quoted(name) + " is no parameter; there are " + String.join(", ", NAMES) + ".");
        }
      }
      String distribution = distribution(known);
      int top = top();
      Order order = order();
      Optional<Window> preset = window();
      Instant givenStart = time("start", Times::start);
      Instant givenEnd = time("end", Times::end);
      boolean given = givenStart != null || givenEnd != null;
      Duration length = preset.orElse(Window.DAY).length;
      Instant end = givenEnd == null ? Times.hourAtOrAfter(now.plusNanos(1)) : givenEnd;
      Instant start = givenStart == null ? end.minus(length) : givenStart;
      if (!start.isBefore(end)) {
        problems.add("start: must be before the end, " + Times.iso(end) + ".");
      } else if (Duration.between(start, end).compareTo(LONGEST) > 0) {
        start = end.minus(LONGEST);
        notes.add("No more than 60 days are kept: the window begins " + Times.iso(start) + ".");
      }
      Optional<ReportQuery> query =
          distribution == null || !problems.isEmpty()
              ? Optional.empty()
              : Optional.of(new ReportQuery(distribution, start, end, top, order));
      return new Asked(
          query,
          problems,
          notes,
          given ? Optional.empty() : preset.or(() -> Optional.of(Window.DAY)));
    }

    private @Nullable String distribution(List<String> known) {
      Optional<String> given = one("distribution");
      if (given.isEmpty()) {
        return known.size() == 1 ? known.get(0) : null;
      }
      // Before the first log everything is unknown; that is no mistake of who asks.
      if (!known.isEmpty() && !known.contains(given.get())) {
        problems.add("distribution: nothing is known of " + quoted(given.get()) + ".");
      }
      return given.get();
    }

    private int top() {
      Optional<String> given = one("top");
      if (given.isEmpty()) {
        return DEFAULT_TOP;
      }
      try {
        int top = Integer.parseInt(given.get().strip());
        if (top >= 1 && top <= MAX_TOP) {
          return top;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      problems.add("top: must be a number from 1 to " + MAX_TOP + ", not " + quoted(given.get()));
      return DEFAULT_TOP;
    }

    private Order order() {
      return one("order")
          .map(
              text -> {
                try {
                  return Order.parse(text);
                } catch (IllegalArgumentException e) {
                  problems.add("order: " + e.getMessage());
                  return Order.REQUESTS;
                }
              })
          .orElse(Order.REQUESTS);
    }

    private Optional<Window> window() {
      Optional<String> given = one("window");
      if (given.isEmpty()) {
        return Optional.empty();
      }
      for (Window window : Window.values()) {
        if (window.label.equals(given.get())) {
          return Optional.of(window);
        }
      }
      problems.add("window: must be one of 24h, 7d, 30d, 60d, not " + quoted(given.get()));
      return Optional.empty();
    }

    @FunctionalInterface
    private interface Reader {
      Instant read(String text);
    }

    private @Nullable Instant time(String name, Reader reader) {
      Optional<String> given = one(name);
      if (given.isEmpty()) {
        return null;
      }
      try {
        // The plus of an offset that was not encoded arrives as a blank.
        return reader.read(given.get().replace(' ', '+'));
      } catch (IllegalArgumentException e) {
        problems.add(name + ": " + e.getMessage());
        return null;
      }
    }

    private Optional<String> one(String name) {
      List<String> values =
          parameters.getOrDefault(name, List.of()).stream()
              .map(String::strip)
              .filter(value -> !value.isEmpty())
              .distinct()
              .toList();
      if (values.size() > 1) {
        problems.add(name + ": is given more than once.");
      }
      return values.stream().findFirst();
    }

    private static String quoted(String text) {
      return "\"" + ObjectText.cut(ObjectText.visible(text), 80, "...") + "\"";
    }
  }
}
