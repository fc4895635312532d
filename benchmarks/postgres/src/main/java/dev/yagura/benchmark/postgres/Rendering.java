package dev.yagura.benchmark.postgres;

import com.sun.management.ThreadMXBean;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Exposition;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Format;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What it takes to turn the rows of many tables into an exposition, with no server, no HTTP and no
 * client in the way. One writer a process, so that the peak of memory is that writer's.
 */
@Command(
    name = "bench-rendering",
    description = "Time and memory of rendering the rows of many tables.",
    mixinStandardHelpOptions = true)
public final class Rendering implements Callable<Integer> {
  private static final List<String> LABELS = List.of("datname", "schemaname", "relname");

  /** What writes the exposition. */
  enum Writer {
    YAGURA,
    CLIENT_JAVA
  }

  @Parameters(paramLabel = "WRITER", description = "${COMPLETION-CANDIDATES}.")
  Writer writer = Writer.YAGURA;

  @Option(names = "--gzip", description = "Compress as Yagura's server does.")
  boolean gzip;

  @Option(names = "--rows", defaultValue = "10000", description = "Tables.")
  int rows = 10_000;

  @Option(names = "--families", defaultValue = "29", description = "Families of each.")
  int families = 29;

  @Option(names = "--runs", defaultValue = "30", description = "Runs that count.")
  int runs = 30;

  @Option(names = "--warm-ups", defaultValue = "10", description = "Runs before those.")
  int warmUps = 10;

  /** As an answer of the server is held: cells found by the name of their column. */
  private static final class Row {
    private final Map<String, Integer> columns;
    private final Object[] cells;

    Row(Map<String, Integer> columns, Object[] cells) {
      this.columns = columns;
      this.cells = cells;
    }

    private Object cell(String column) {
      Integer index = columns.get(column);
      if (index == null) {
        throw new IllegalArgumentException("no column " + column);
      }
      return cells[index];
    }

    String text(String column) {
      return (String) cell(column);
    }

    Double number(String column) {
      return (Double) cell(column);
    }
  }

  /** Swallows everything, and counts it. */
  private static final class Nowhere extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes += length;
    }
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Runs one writer and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Rendering())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<Row> data = data();
    List<Family<Row>> declared = declared();
    List<Double> milliseconds = new ArrayList<>();
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double allocated = 0;
    long bytes = 0;
    for (int run = -warmUps; run < runs; run++) {
      var out = new Nowhere();
      long allocatedBefore = thread.getCurrentThreadAllocatedBytes();
      long started = System.nanoTime();
      if (gzip) {
        try (var zipped = new FastGzip(out)) {
          render(data, declared, zipped);
        }
      } else {
        render(data, declared, out);
      }
      if (run >= 0) {
        milliseconds.add((System.nanoTime() - started) / 1e6);
        allocated += thread.getCurrentThreadAllocatedBytes() - allocatedBefore;
        bytes = out.bytes;
      }
    }
    long self = ProcessHandle.current().pid();
    System.out.printf(
        Locale.ROOT,
        "%s%s: %s ms, %.1f MiB allocated a run, VmHWM %.1f MiB, %d bytes%n",
        writer,
        gzip ? " gzip" : "",
        Spread.of(milliseconds).show(1),
        allocated / runs / 1024 / 1024,
        ProcFiles.mebibytes(self, "VmHWM"),
        bytes);
    return 0;
  }

  private void render(List<Row> data, List<Family<Row>> declared, OutputStream out)
      throws IOException {
    switch (writer) {
      case YAGURA -> {
        Samples samples = Samples.of(List.of(Snapshot.of(declared, data)), ConstantLabels.none());
        new Exposition(List.of(samples), name -> true).write(out, Format.TEXT);
      }
      case CLIENT_JAVA ->
          PrometheusTextFormatWriter.builder()
              .build()
              .write(out, snapshots(data), EscapingScheme.UNDERSCORE_ESCAPING);
    }
  }

  private static String column(int family) {
    return "column_" + family;
  }

  private static String name(int family) {
    return "pg_stat_user_tables_column_" + family;
  }

  /** Mostly small counters, some sizes and some times, as in a database that is half idle. */
  private List<Row> data() {
    Map<String, Integer> columns = new HashMap<>();
    LABELS.forEach(label -> columns.put(label, columns.size()));
    for (int family = 0; family < families; family++) {
      columns.put(column(family), columns.size());
    }
    List<Row> data = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Object[] cells = new Object[columns.size()];
      cells[0] = "shop";
      cells[1] = "public";
      cells[2] = "orders_" + row;
      for (int family = 0; family < families; family++) {
        cells[LABELS.size() + family] =
            switch (family % 4) {
              case 0 -> Double.valueOf(0);
              case 1 -> Double.valueOf(row % 100);
              case 2 -> Double.valueOf(8192.0 * row);
              default -> Double.valueOf(1.7e9 + row + 0.123456);
            };
      }
      data.add(new Row(columns, cells));
    }
    return data;
  }

  private List<Family<Row>> declared() {
    LabelSet<Row> labels = LabelSet.none();
    for (String label : LABELS) {
      labels = labels.and(label, row -> row.text(label));
    }
    List<Family<Row>> all = new ArrayList<>();
    for (int family = 0; family < families; family++) {
      String column = column(family);
      all.add(Family.gauge(name(family), "A column.", row -> row.number(column)));
    }
    return Family.labelled(labels, all);
  }

  /** As one would build them from the same rows, the labels of a row made once. */
  private MetricSnapshots snapshots(List<Row> data) {
    List<Labels> labels = new ArrayList<>(data.size());
    for (Row row : data) {
      labels.add(
          Labels.of(
              LABELS.toArray(new String[0]),
              LABELS.stream().map(row::text).toArray(String[]::new)));
    }
    var snapshots = MetricSnapshots.builder();
    for (int family = 0; family < families; family++) {
      String column = column(family);
      List<GaugeDataPointSnapshot> points = new ArrayList<>(data.size());
      for (int row = 0; row < data.size(); row++) {
        points.add(new GaugeDataPointSnapshot(data.get(row).number(column), labels.get(row), null));
      }
      snapshots.metricSnapshot(
          new GaugeSnapshot(new MetricMetadata(name(family), "A column."), points));
    }
    return snapshots.build();
  }
}
