package dev.yagura.cloudfront.command;

import dev.yagura.accesslog.format.Malformed;
import dev.yagura.accesslog.heavy.HeavyHitters;
import dev.yagura.cloudfront.command.Counting.Result;
import dev.yagura.cloudfront.command.Counting.Unread;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.FileCounts;
import dev.yagura.cloudfront.count.HourCounts;
import dev.yagura.cloudfront.count.Order;
import dev.yagura.cloudfront.report.PopularObjects;
import dev.yagura.cloudfront.report.PopularObjects.Entry;
import dev.yagura.cloudfront.report.ReportQuery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** What was counted so far, by distribution; all of them share one bound of objects. */
final class CountedDistributions {
  private static final int HOUR = 3600;

  private final int maxObjects;
  private final Map<String, FileCounts> distributions = new TreeMap<>();

  CountedDistributions(int maxObjects) {
    this.maxObjects = maxObjects;
  }

  /** Takes over what a file says. */
  synchronized void add(String distribution, FileCounts counts) {
    FileCounts known = distributions.get(distribution);
    if (known == null) {
      distributions.put(distribution, counts);
    } else {
      known.add(counts);
    }
    while (distributions.values().stream().mapToLong(FileCounts::units).sum() > maxObjects) {
      distributions.values().stream()
          .max(Comparator.comparingInt(FileCounts::units))
          .ifPresent(FileCounts::shrink);
    }
  }

  synchronized Result result(Question question, Instant now, List<Unread> unread) {
    List<PopularObjects> reports = new ArrayList<>();
    Map<String, Long> malformed = new TreeMap<>();
    Map<String, Long> missing = new TreeMap<>();
    distributions.forEach(
        (name, counts) -> {
          reports.add(report(name, counts, question, now));
          counts
              .missingColumns()
              .forEach((column, lines) -> missing.merge(column, lines, Long::sum));
          for (Map.Entry<Malformed, Long> reason : counts.malformed().entrySet()) {
            malformed.merge(reason.getKey().label(), reason.getValue(), Long::sum);
          }
        });
    if (reports.isEmpty()) {
      String name = question.distribution().orElse("unknown");
      reports.add(report(name, new FileCounts(maxObjects, object -> false), question, now));
    }
    return new Result(reports, unread, malformed, missing);
  }

  private static PopularObjects report(
      String distribution, FileCounts counts, Question question, Instant now) {
    long newest = counts.newest() == 0 ? now.getEpochSecond() : counts.newest();
    long oldest = counts.newest() == 0 ? newest : counts.oldest();
    Instant start =
        question.start().orElse(Instant.ofEpochSecond(oldest - Math.floorMod(oldest, HOUR)));
    Instant end =
        question.end().orElse(Instant.ofEpochSecond(newest - Math.floorMod(newest, HOUR) + HOUR));
    var query = new ReportQuery(distribution, start, end, question.top(), question.order());
    int weight = question.order().weight();
    List<Entry> entries = new ArrayList<>();
    long bound = 0;
    for (HourCounts all : counts.hours()) {
      HeavyHitters objects = all.objects();
      bound = objects.bound(weight);
      for (int row : best(objects, question.order(), question.top())) {
        String object = new String(objects.table().object(row), StandardCharsets.UTF_8);
        entries.add(new Entry(object, Counts.of(objects.table().row(row)), OptionalLong.empty()));
        bound = Math.max(bound, objects.error(row, weight));
      }
    }
    Optional<Instant> newestEvent =
        counts.newest() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(newest));
    return new PopularObjects(
        query,
        Optional.empty(),
        now,
        entries,
        counts.totals(),
        Optional.empty(),
        bound,
        newestEvent);
  }

  /** The rows with the most, the first one best; equal ones by name, so that a report is one. */
  private static Deque<Integer> best(HeavyHitters objects, Order order, int top) {
    int[] columns = order.columns().stream().mapToInt(Column::index).toArray();
    Comparator<Integer> worstFirst =
        Comparator.comparingLong((Integer row) -> value(objects, row, columns))
            .thenComparing(row -> objects.table().object(row), (a, b) -> Arrays.compare(b, a));
    var best = new PriorityQueue<Integer>(top + 1, worstFirst);
    long least = 0;
    for (int row = 0; row < objects.table().size(); row++) {
      if (best.size() == top && value(objects, row, columns) < least) {
        continue;
      }
      best.add(row);
      if (best.size() > top) {
        best.poll();
      }
      least = value(objects, best.element(), columns);
    }
    Deque<Integer> sorted = new ArrayDeque<>();
    while (!best.isEmpty()) {
      sorted.addFirst(best.remove());
    }
    return sorted;
  }

  private static long value(HeavyHitters objects, int row, int[] columns) {
    long sum = 0;
    for (int column : columns) {
      sum += objects.table().get(row, column);
    }
    return sum;
  }
}
