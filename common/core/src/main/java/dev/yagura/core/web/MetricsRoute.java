package dev.yagura.core.web;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Exposition;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Format;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.suite.Suite;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}, {@code /metrics/<exporter>} and {@code /probe}. */
final class MetricsRoute {
  /** More scrapes than this at once are a mistake somewhere, and are told so at once. */
  static final int MAX_IN_FLIGHT = 40;

  /** What Prometheus is left for the way back. */
  private static final double TIMEOUT_RESERVE_SECONDS = 0.5;

  private static final List<Family<MetricsRoute>> FAMILIES =
      List.of(
          Family.gauge(
              "yagura_http_scrapes_in_flight",
              "Scrapes that are being answered now, this one included.",
              route -> MAX_IN_FLIGHT - route.free.availablePermits()),
          Family.counter(
              "yagura_http_scrapes_rejected_total",
              "Scrapes answered with 503 because too many were in flight.",
              route -> route.rejected.get()));

  private final Suite suite;
  private final Supplier<Samples> process;
  private final LongSupplier nanoClock;
  private final Semaphore free = new Semaphore(MAX_IN_FLIGHT);
  private final AtomicLong rejected = new AtomicLong();

  /**
   * The metrics of these exporters.
   *
   * @param process gives the process' own metrics, shown on {@code /metrics} only
   */
  MetricsRoute(Suite suite, Supplier<Samples> process, LongSupplier nanoClock) {
    this.suite = suite;
    this.process = process;
    this.nanoClock = nanoClock;
  }

  static List<Family<MetricsRoute>> families() {
    return FAMILIES;
  }

  /** Everything there is. */
  void all(Request request) throws IOException {
    answer(request, exporters -> exporters, null, true);
  }

  /** One exporter, by the last part of the path. */
  void one(Request request, String name) throws IOException {
    answer(
        request,
        exporters -> exporters.stream().filter(one -> one.name().equals(name)).toList(),
        null,
        false);
  }

  /** One target, by its alias. */
  void probe(Request request) throws IOException {
    List<String> targets = request.parameters("target");
    if (targets.size() != 1) {
      request.text(400, "give one target, as in /probe?target=NAME");
      return;
    }
    String target = targets.get(0);
    answer(
        request,
        exporters -> exporters.stream().filter(one -> one.hasTarget(target)).toList(),
        target,
        false);
  }

  @FunctionalInterface
  private interface Choice {
    List<Exporter> of(List<Exporter> exporters);
  }

  private void answer(Request request, Choice choice, @Nullable String target, boolean whole)
      throws IOException {
    if (!free.tryAcquire()) {
      rejected.incrementAndGet();
      request.setHeader("Retry-After", "5");
      request.text(503, "too many scrapes are in flight");
      return;
    }
    try {
      Answer answer = suite.use(exporters -> scrape(request, choice.of(exporters), target, whole));
      if (answer.exposition == null) {
        request.text(answer.status, answer.problem);
      } else {
        write(request, answer.exposition);
      }
    } finally {
      free.release();
    }
  }

  /** Either an exposition, or a status and what is wrong. */
  private static final class Answer {
    private final @Nullable Exposition exposition;
    private final int status;
    private final String problem;

    private Answer(@Nullable Exposition exposition, int status, String problem) {
      this.exposition = exposition;
      this.status = status;
      this.problem = problem;
    }
  }

  private Answer scrape(
      Request request, List<Exporter> exporters, @Nullable String target, boolean whole) {
    if (exporters.isEmpty() && !whole) {
      return new Answer(null, 404, target == null ? "no such exporter" : "no such target");
    }
    Set<String> collect = new HashSet<>(request.parameters("collect[]"));
    for (String scraper : collect) {
      if (exporters.stream().noneMatch(exporter -> exporter.scrapers().contains(scraper))) {
        return new Answer(null, 400, "no such scraper; see / for their names");
      }
    }
    List<Samples> samples = new ArrayList<>();
    if (whole && collect.isEmpty()) {
      samples.add(process.get());
      samples.add(Samples.of(List.of(Snapshot.of(FAMILIES, this)), ConstantLabels.none()));
    }
    var selection = new Selection(collect);
    List<Pending> started = new ArrayList<>();
    for (Exporter exporter : exporters) {
      Deadline deadline = Deadline.after(budget(request, exporter), nanoClock);
      started.add(exporter.start(Optional.ofNullable(target), selection, deadline));
    }
    started.forEach(pending -> samples.addAll(pending.await()));
    Set<String> names = new HashSet<>(request.parameters("name[]"));
    return new Answer(
        new Exposition(samples, name -> names.isEmpty() || names.contains(name)), 200, "");
  }

  /** The exporter's own budget, or what Prometheus said it would wait, whichever is less. */
  private static Duration budget(Request request, Exporter exporter) {
    Duration own = exporter.budget();
    Duration asked =
        request
            .header("X-Prometheus-Scrape-Timeout-Seconds")
            .flatMap(MetricsRoute::seconds)
            .map(seconds -> Math.max(seconds - TIMEOUT_RESERVE_SECONDS, seconds / 2))
            .map(seconds -> Duration.ofMillis((long) (seconds * 1000)))
            .orElse(own);
    return asked.compareTo(own) < 0 ? asked : own;
  }

  private static Optional<Double> seconds(String header) {
    try {
      double seconds = Double.parseDouble(header.trim());
      return seconds > 0 && seconds < 3600 ? Optional.of(seconds) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void write(Request request, Exposition exposition) throws IOException {
    Format format = Format.negotiate(request.header("Accept").orElse(null));
    boolean gzip = acceptsGzip(request.header("Accept-Encoding").orElse(""));
    request.setHeader("Vary", "Accept, Accept-Encoding");
    if (gzip) {
      request.setHeader("Content-Encoding", "gzip");
    }
    request.stream(
        format.contentType(),
        out -> {
          if (gzip) {
            var zipped = new FastGzip(out);
            exposition.write(zipped, format);
            zipped.finish();
          } else {
            exposition.write(out, format);
          }
        });
  }

  private static boolean acceptsGzip(String header) {
    for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.trim().split(";", -1);
      if (parts[0].trim().equals("gzip")) {
        return parts.length == 1 || !parts[1].trim().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  /** The lightest compression: an exposition is so repetitive that more buys little. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
