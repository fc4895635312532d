package dev.yagura.benchmark.postgres;

import dev.yagura.benchmark.postgres.BenchServer.Spent;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Both exporters scraped in turns, and what each scrape took. */
final class Comparison {

  /** What the scrapes of one exporter took, in the order of the runs. */
  static final class Side {
    final List<Double> wallMilliseconds = new ArrayList<>();
    final List<Double> serverMilliseconds = new ArrayList<>();
    final List<Double> statements = new ArrayList<>();
    final List<Double> bytes = new ArrayList<>();
    final List<Double> samples = new ArrayList<>();
    private double cpuSeconds;

    private final ExporterProcess exporter;
    private final BenchServer server;
    private final String role;
    private final Map<String, Double> statementsBefore;
    private Map<String, Double> statementsAfter = Map.of();
    private ExpositionText last;

    private Side(ExporterProcess exporter, BenchServer server, String role)
        throws IOException, SQLException {
      this.exporter = exporter;
      this.server = server;
      this.role = role;
      this.last = exporter.scrape().exposition();
      this.statementsBefore = server.statements(role);
    }

    private void end() throws SQLException {
      statementsAfter = server.statements(role);
    }

    /** The statements that cost the server most, with the milliseconds of one scrape. */
    List<Map.Entry<String, Double>> dearest(int limit) {
      return statementsAfter.entrySet().stream()
          .map(
              after ->
                  Map.entry(
                      after.getKey(),
                      (after.getValue() - statementsBefore.getOrDefault(after.getKey(), 0.0))
                          / wallMilliseconds.size()))
          .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
          .limit(limit)
          .toList();
    }

    private void measure() throws IOException, SQLException {
      Spent before = server.spent(role);
      double cpuBefore = exporter.cpuSeconds();
      PrometheusClient.Answer answer = exporter.scrape();
      cpuSeconds += exporter.cpuSeconds() - cpuBefore;
      Spent spent = server.spent(role).since(before);
      wallMilliseconds.add(answer.seconds() * 1000);
      serverMilliseconds.add(spent.milliseconds());
      statements.add(spent.calls());
      bytes.add((double) answer.bytes());
      samples.add((double) answer.exposition().size());
      last = answer.exposition();
    }

    /** The mean, as the kernel counts in steps longer than a scrape. */
    double cpuMilliseconds() {
      return cpuSeconds * 1000 / wallMilliseconds.size();
    }

    /** The newest answer. */
    ExpositionText last() {
      return last;
    }
  }

  private final Side ours;
  private final Side peer;

  private Comparison(Side ours, Side peer) {
    this.ours = ours;
    this.peer = peer;
  }

  /** Scrapes both in turns, first in changing order; the first so many rounds do not count. */
  static Comparison of(
      BenchServer server, ExporterProcess ours, ExporterProcess peer, int warmUps, int runs)
      throws IOException, SQLException {
    for (int i = 0; i < warmUps; i++) {
      ours.scrape();
      peer.scrape();
    }
    var comparison =
        new Comparison(
            new Side(ours, server, Benchmark.OUR_ROLE),
            new Side(peer, server, Benchmark.PEER_ROLE));
    for (int i = 0; i < runs; i++) {
      boolean weAreFirst = i % 2 == 0;
      (weAreFirst ? comparison.ours : comparison.peer).measure();
      (weAreFirst ? comparison.peer : comparison.ours).measure();
    }
    comparison.ours.end();
    comparison.peer.end();
    return comparison;
  }

  Side ours() {
    return ours;
  }

  Side peer() {
    return peer;
  }
}
