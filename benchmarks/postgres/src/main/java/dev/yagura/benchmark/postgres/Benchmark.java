package dev.yagura.benchmark.postgres;

import dev.yagura.benchmark.postgres.ExporterProcess.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares Yagura with postgres_exporter on one PostgreSQL server, in one run. */
@Command(
    name = "bench-postgres",
    description = "Compare Yagura with postgres_exporter on one PostgreSQL server.",
    mixinStandardHelpOptions = true)
public final class Benchmark implements Callable<Integer> {
  static final String OUR_ROLE = "bench_yagura";
  static final String PEER_ROLE = "bench_peer";

  private static final double RESIDENT_GOAL_MEBIBYTES = 80;
  private static final double START_GOAL_SECONDS = 1.5;

  /** What postgres_exporter 0.20.1 runs by default, under our names. */
  private static final Set<String> PEER_DEFAULTS =
      Set.of(
          "database",
          "locks",
          "replication",
          "replication_slots",
          "roles",
          "settings",
          "stat_activity",
          "stat_archiver",
          "stat_bgwriter",
          "stat_database",
          "stat_database_conflicts",
          "stat_progress_vacuum",
          "stat_replication",
          "stat_user_tables",
          "statio_user_tables",
          "wal");

  @Option(
      names = "--postgres-url",
      description =
          "postgresql://superuser[:password]@host[:port]/database of a server with"
              + " pg_stat_statements; its tables are kept. Without it, an embedded one is started.")
  @Nullable String postgresUrl;

  @Option(
      names = "--postgres-major",
      defaultValue = "15",
      description = "Major of the embedded server (default: $${DEFAULT-VALUE}).")
  int postgresMajor = 15;

  @Option(
      names = "--yagura",
      description =
          "The jar of the suite, or a command that takes the same arguments (default: the jar that"
              + " the build made).")
  @Nullable Path yagura;

  @Option(names = "--java", description = "The JVM for the jar (default: this one's).")
  Path java = Path.of(System.getProperty("java.home"), "bin", "java");

  @Option(
      names = "--java-flags",
      defaultValue =
          "-Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -XX:ReservedCodeCacheSize=24m",
      description = "Flags for that JVM (default: $${DEFAULT-VALUE}).")
  String javaFlags = "";

  @Option(
      names = "--peer",
      defaultValue = "prometheus-postgres-exporter",
      description = "The peer's program (default: $${DEFAULT-VALUE}).")
  String peer = "prometheus-postgres-exporter";

  @Option(
      names = "--peer-flags",
      description =
          "Flags for a peer that has the default collectors of 0.20.1; without them it gets"
              + " statements of ours for those that 0.11.1 lacks.")
  @Nullable String peerFlags;

  @Option(names = "--sizes", split = ",", defaultValue = "100,1000,10000", description = "Tables.")
  List<Integer> sizes = List.of();

  @Option(names = "--runs", defaultValue = "15", description = "Scrapes of each that count.")
  int runs = 15;

  @Option(names = "--warm-ups", defaultValue = "3", description = "Scrapes of each before those.")
  int warmUps = 3;

  @Option(
      names = "--scrapes",
      defaultValue = "1000",
      description = "Scrapes before memory is read; 0 leaves it out.")
  int scrapes = 1000;

  @Option(
      names = "--starts",
      defaultValue = "10",
      description = "Starts until a first scrape; 0 leaves them out.")
  int starts = 10;

  @Option(
      names = "--scrape-timeout",
      defaultValue = "10",
      description = "Seconds that Prometheus would wait (default: $${DEFAULT-VALUE}).")
  int scrapeTimeoutSeconds = 10;

  @Option(names = "--out", description = "A file that gets the report as well.")
  @Nullable Path out;

  private final List<Path> temporary = new ArrayList<>();

  /** Runs the benchmark and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    try (BenchServer server =
        postgresUrl == null ? BenchServer.embedded(postgresMajor) : BenchServer.at(postgresUrl)) {
      server.createRole(OUR_ROLE);
      server.createRole(PEER_ROLE);
      var report = new Report();
      report.line("PostgreSQL " + server.version() + ", " + runs + " runs after " + warmUps + ".");
      report.line("Median, and in brackets the least and the most; ratios are Yagura's / peer's.");
      for (int tables : sizes) {
        compare(server, tables, report);
      }
      if (scrapes > 0 || starts > 0) {
        alone(server, report);
      }
      System.out.print(report);
      if (out != null) {
        Files.writeString(out, report.toString());
      }
      return 0;
    } finally {
      for (Path file : temporary) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void compare(BenchServer server, int tables, Report report)
      throws IOException, SQLException {
    progress(tables + " tables: preparing");
    String database = server.createDatabase(tables);
    Program ours = ours(server, database);
    Set<String> scrapers = new TreeSet<>(scrapersByDefault(ours));
    List<String> notRun =
        PEER_DEFAULTS.stream().filter(name -> !scrapers.contains(name)).sorted().toList();
    scrapers.removeAll(PEER_DEFAULTS);
    if (!scrapers.isEmpty()) {
      ours = ours.with(List.of("--config.file=" + configurationWithout(scrapers)));
    }
    progress(tables + " tables: comparing");
    try (var left = new ExporterProcess(ours, timeout());
        var right = new ExporterProcess(peer(server, database), timeout())) {
      report.comparison(
          tables + " tables", Comparison.of(server, left, right, warmUps, runs), notRun);
    }
  }

  private void alone(BenchServer server, Report report) throws IOException, SQLException {
    Program ours = ours(server, server.createDatabase(sizes.get(0)));
    report.line("").line("### Yagura alone, default collectors, " + sizes.get(0) + " tables");
    report.line("").line("| figure | Yagura | goal |").line("|---|---|---|");
    if (starts > 0) {
      progress("starting " + starts + " times");
      List<Double> seconds = new ArrayList<>();
      for (int i = 0; i < starts; i++) {
        try (var exporter = new ExporterProcess(ours, timeout())) {
          seconds.add(exporter.secondsToFirstScrape());
        }
      }
      report.figure("from start to first scrape, s", Spread.of(seconds), 2, START_GOAL_SECONDS);
    }
    if (scrapes > 0) {
      progress("scraping " + scrapes + " times");
      try (var exporter = new ExporterProcess(ours, timeout())) {
        for (int i = 0; i < scrapes; i++) {
          exporter.scrape();
        }
        String after = " after " + scrapes + " scrapes, MiB";
        report.figure(
            "VmRSS" + after,
            Spread.of(List.of(exporter.mebibytes("VmRSS"))),
            1,
            RESIDENT_GOAL_MEBIBYTES);
        report.figure("VmHWM" + after, Spread.of(List.of(exporter.mebibytes("VmHWM"))), 1, 0);
      }
    }
  }

  private Set<String> scrapersByDefault(Program program) throws IOException {
    try (var exporter = new ExporterProcess(program, timeout())) {
      return exporter
          .scrape()
          .exposition()
          .named("yagura_scrape_success")
          .flatMap(sample -> sample.label("scraper").stream())
          .filter(scraper -> !scraper.isEmpty())
          .collect(Collectors.toSet());
    }
  }

  private Path configurationWithout(Set<String> scrapers) throws IOException {
    String collectors =
        scrapers.stream()
            .map(scraper -> "    " + scraper + ": {enabled: false}\n")
            .collect(Collectors.joining());
    return temporary(".yaml", "aurora_postgres:\n  collectors:\n" + collectors);
  }

  private Path temporary(String suffix, String content) throws IOException {
    Path file = Files.createTempFile("bench-postgres-", suffix);
    temporary.add(file);
    return Files.writeString(file, content);
  }

  private Program ours(BenchServer server, String database) throws IOException {
    Path program = yagura == null ? builtJar() : yagura;
    List<String> command = new ArrayList<>();
    if (program.toString().endsWith(".jar")) {
      command.add(java.toString());
      command.addAll(words(javaFlags));
      command.add("-jar");
    }
    command.add(program.toString());
    command.add("aurora-postgres");
    return new Program("yagura", command, environment(server, OUR_ROLE, database));
  }

  private static Path builtJar() throws IOException {
    Path directory = Path.of("exporters", "all", "target");
    try (var jars = Files.newDirectoryStream(directory, "all-*.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new IOException("no all-*.jar in " + directory + ": run mvn package first");
  }

  private Program peer(BenchServer server, String database) throws IOException {
    List<String> command = new ArrayList<>(List.of(peer));
    if (peerFlags == null) {
      command.add("--extend.query-path=" + temporary(".yaml", peerQueries()));
    } else {
      command.addAll(words(peerFlags));
    }
    return new Program("peer", command, environment(server, PEER_ROLE, database));
  }

  private static String peerQueries() throws IOException {
    try (InputStream in = Benchmark.class.getResourceAsStream("peer-queries.yaml")) {
      if (in == null) {
        throw new IOException("peer-queries.yaml is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, String> environment(BenchServer server, String role, String database) {
    return Map.of("DATA_SOURCE_NAME", server.url(role, database));
  }

  private static List<String> words(String flags) {
    return List.of(flags.strip().split("\\s+", -1)).stream().filter(w -> !w.isEmpty()).toList();
  }

  private Duration timeout() {
    return Duration.ofSeconds(scrapeTimeoutSeconds);
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
