package dev.yagura.benchmark.cloudwatch;

import dev.yagura.benchmark.cloudwatch.ExporterProcess.Answer;
import dev.yagura.core.config.ConfigException;
import dev.yagura.state.StateException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares Yagura with cloudwatch_exporter on one double of AWS, in one run. */
@Command(
    name = "bench-cloudwatch",
    description = "Compare Yagura with cloudwatch_exporter on one double of AWS.",
    mixinStandardHelpOptions = true)
public final class Benchmark implements Callable<Integer> {
  /** Each exporter asks in a region of its own, by which the double tells them apart. */
  private static final String OURS = "eu-central-1";

  private static final String PEER_DATA = "eu-west-1";
  private static final String PEER_STATISTICS = "eu-north-1";

  private static final Duration PROMETHEUS_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int WARM_UPS = 3;
  private static final int ROUND_SCRAPES = 20;
  private static final int FROZEN_SCRAPES = 50;

  /** Longer than a refresh takes, and shorter than it is to the next. */
  private static final double FRESH_SECONDS = 45;

  @Option(
      names = "--yagura",
      description =
          "The jar of the suite, or a command that takes the same arguments (default: the jar that"
              + " the build made).")
  @Nullable Path yagura;

  @Option(names = "--peer", required = true, description = "A folder with the peer's jars.")
  Path peer = Path.of("");

  @Option(
      names = "--peer-java-flags",
      split = " ",
      description = "Flags for the peer's JVM (default: none, as in its image).")
  List<String> peerJavaFlags = List.of();

  @Option(
      names = "--latency",
      defaultValue = "30",
      description = "Milliseconds that each call of AWS takes (default: $${DEFAULT-VALUE}).")
  int latencyMilliseconds = 30;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Minutes of refreshes that count (default: $${DEFAULT-VALUE}).")
  int rounds = 5;

  @Option(
      names = "--default-runs",
      defaultValue = "3",
      description = "Scrapes of the peer in its default mode, a minute each.")
  int defaultRuns = 3;

  @Option(names = "--curated", description = "Ask half of the metrics by our curated set.")
  boolean curated;

  @Option(names = "--out", description = "A file that gets the report as well.")
  @Nullable Path out;

  /** Runs the benchmark and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.setProperty("aws.accessKeyId", "AKIABENCH");
    System.setProperty("aws.secretAccessKey", "none");
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call()
      throws IOException, InterruptedException, ConfigException, StateException, SQLException {
    Path folder = Files.createTempDirectory("bench-cloudwatch-");
    try (var aws =
        new AwsProcess(
            Duration.ofMillis(latencyMilliseconds), List.of(OURS, PEER_DATA, PEER_STATISTICS))) {
      var report = new Report();
      report.line(
          "%d metrics of %d queues, %d ms latency; %d refreshes of each, %d of the peer's default."
              .formatted(
                  Estate.METRICS.size(), Estate.QUEUES, latencyMilliseconds, rounds, defaultRuns));
      report.line("Median, and in brackets the least and the most.");
      var ours = new Figures();
      var data = new Figures();
      Calls first = sideBySide(aws, folder, ours, data);
      report.figures(ours, first, data, statistics(aws, folder));
      System.out.print(report);
      if (out != null) {
        Files.writeString(out, report.toString());
      }
      return 0;
    } finally {
      delete(folder);
    }
  }

  /** Gives the calls of our first refresh. */
  private Calls sideBySide(AwsProcess aws, Path folder, Figures ours, Figures data)
      throws IOException, InterruptedException, ConfigException, StateException, SQLException {
    Path configuration = folder.resolve("yagura.yml");
    Files.writeString(
        configuration, Estate.ours(aws.endpoint(), OURS, curated, folder.resolve("state")));
    progress("letting two hours pass");
    Past.begin(configuration, AwsServer.PAST.minusMinutes(15));
    Calls none = aws.calls(OURS);
    try (var our = new ExporterProcess(port -> ours(configuration, port), environment(aws));
        var their =
            new ExporterProcess(port -> peer(folder, PEER_DATA, true, port), environment(aws))) {
      our.awaitSeries(PROMETHEUS_TIMEOUT, PATIENCE);
      awaitFresh(our, new ArrayList<>());
      final Calls first = aws.calls(OURS).since(none);
      their.awaitSeries(PROMETHEUS_TIMEOUT, PATIENCE);
      for (int i = 0; i < WARM_UPS; i++) {
        their.scrapeAll(PROMETHEUS_TIMEOUT);
      }
      for (int i = 0; i < rounds; i++) {
        progress("refresh " + (i + 1) + " of " + rounds);
        refresh(aws, our, ours);
        for (int j = 0; j < ROUND_SCRAPES; j++) {
          ours.scrapeSeconds.add(our.scrapeAll(PROMETHEUS_TIMEOUT).seconds());
          TimeUnit.MILLISECONDS.sleep(50);
        }
        scrape(aws, PEER_DATA, their, data);
      }
      frozen(aws, our, ours, their, data);
      ours.residentMebibytes = our.residentMebibytes();
      data.residentMebibytes = their.residentMebibytes();
      return first;
    }
  }

  /** Waits for our next refresh, and scrapes while it lasts. */
  private static void refresh(AwsProcess aws, ExporterProcess our, Figures figures)
      throws IOException, InterruptedException {
    Calls before = aws.calls(OURS);
    while (aws.calls(OURS).since(before).all() == 0) {
      our.requireAlive();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    Answer answer = awaitFresh(our, figures.scrapeSecondsInRefresh);
    figures.refreshCalls.add(aws.calls(OURS).since(before));
    scrapers(answer.text(), "yagura_scrape_duration_seconds")
        .forEach(sample -> figures.lastRefresh.put(sample.label("scraper"), sample.value()));
    figures.refreshSeconds.add(
        figures.lastRefresh.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  /** Scrapes until everything was asked a short while ago. */
  private static Answer awaitFresh(ExporterProcess our, List<Double> seconds)
      throws IOException, InterruptedException {
    while (true) {
      Answer answer = our.scrapeAll(PROMETHEUS_TIMEOUT);
      boolean fresh =
          scrapers(answer.text(), "yagura_snapshot_age_seconds")
              .allMatch(sample -> sample.value() < FRESH_SECONDS);
      if (fresh) {
        return answer; // It may be the first after the refresh.
      }
      seconds.add(answer.seconds());
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static Stream<ExpositionText.Sample> scrapers(ExpositionText text, String name) {
    return text.named(name)
        .filter(sample -> sample.label("exporter").equals("cloudwatch"))
        .filter(sample -> !sample.label("scraper").isEmpty());
  }

  private static void scrape(AwsProcess aws, String region, ExporterProcess peer, Figures figures)
      throws IOException {
    Calls before = aws.calls(region);
    double seconds = peer.scrapeAll(PATIENCE).seconds();
    figures.scrapeSeconds.add(seconds);
    figures.refreshSeconds.add(seconds); // One is the other.
    figures.refreshCalls.add(aws.calls(region).since(before));
  }

  private static void frozen(
      AwsProcess aws, ExporterProcess our, Figures ours, ExporterProcess their, Figures data)
      throws IOException, InterruptedException {
    progress("freezing AWS");
    aws.freeze();
    Calls before = aws.calls(OURS);
    while (aws.calls(OURS).since(before).all() == 0) {
      our.requireAlive();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    for (int i = 0; i < FROZEN_SCRAPES; i++) {
      ours.frozenScrapeSeconds.add(our.scrapeAll(PROMETHEUS_TIMEOUT).seconds());
      TimeUnit.MILLISECONDS.sleep(100);
    }
    frozen(their, data);
    aws.thaw();
  }

  private static void frozen(ExporterProcess peer, Figures figures) throws IOException {
    try {
      figures.frozenScrapeSeconds.add(peer.scrape(PROMETHEUS_TIMEOUT).seconds());
    } catch (SocketTimeoutException e) {
      progress("the peer does not answer: " + e.getMessage());
    }
  }

  private Figures statistics(AwsProcess aws, Path folder) throws IOException, InterruptedException {
    var figures = new Figures();
    try (var peer =
        new ExporterProcess(port -> peer(folder, PEER_STATISTICS, false, port), environment(aws))) {
      progress("the peer's default: starting");
      peer.awaitSeries(PATIENCE, PATIENCE);
      for (int i = 0; i < defaultRuns; i++) {
        progress("the peer's default: " + (i + 1) + " of " + defaultRuns);
        scrape(aws, PEER_STATISTICS, peer, figures);
      }
      aws.freeze();
      frozen(peer, figures);
      aws.thaw();
      figures.residentMebibytes = peer.residentMebibytes();
    }
    return figures;
  }

  private List<String> ours(Path configuration, int port) {
    Path program = yagura == null ? Path.of("exporters", "all", "target", "all-0.1.0.jar") : yagura;
    List<String> command = new ArrayList<>();
    if (program.toString().endsWith(".jar")) {
      command.addAll(List.of(java(), "-jar"));
    }
    command.addAll(
        List.of(
            program.toString(),
            "cloudwatch",
            "--config.file=" + configuration,
            "--web.listen-address=127.0.0.1:" + port));
    return command;
  }

  private List<String> peer(Path folder, String region, boolean getMetricData, int port) {
    Path configuration = folder.resolve(region + ".yml");
    try {
      Files.writeString(configuration, Estate.peer(region, getMetricData));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(peerJavaFlags);
    command.addAll(
        List.of(
            "-cp",
            peer + File.separator + "*",
            "io.prometheus.cloudwatch.WebServer",
            Integer.toString(port),
            configuration.toString()));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Map<String, String> environment(AwsProcess aws) {
    return Map.of(
        "AWS_ACCESS_KEY_ID",
        "AKIABENCH",
        "AWS_SECRET_ACCESS_KEY",
        "none",
        "AWS_EC2_METADATA_DISABLED",
        "true",
        "AWS_ENDPOINT_URL_CLOUDWATCH",
        aws.endpoint());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
