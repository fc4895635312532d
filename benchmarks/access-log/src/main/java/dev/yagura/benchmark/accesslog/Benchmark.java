package dev.yagura.benchmark.accesslog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares {@code yagura popular-objects} with other programs on one file, in one run. */
@Command(
    name = "bench-access-log",
    description = "Compare popular-objects with gzip, awk and goaccess on the same file.",
    mixinStandardHelpOptions = true)
public final class Benchmark implements Callable<Integer> {
  private static final int TOP = 50;
  private static final Map<String, String> AS_IT_IS = Map.of("LC_ALL", "C");

  @Option(names = "--lines", defaultValue = "1000000", description = "Of each file.")
  int lines = 1_000_000;

  @Option(names = "--objects", defaultValue = "200000", description = "Asked for by Zipf's law.")
  int objects = 200_000;

  @Option(names = "--seed", defaultValue = "1", description = "Of the first file.")
  long seed = 1;

  @Option(names = "--runs", defaultValue = "5", description = "Of each program but goaccess.")
  int runs = 5;

  @Option(
      names = "--distinct",
      defaultValue = "10000000",
      description = "Lines of a file in which each asks for another object; 0 leaves it out.")
  int distinct = 10_000_000;

  @Option(
      names = "--goaccess",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Run goaccess once, if it is there; it takes minutes.")
  boolean goaccess = true;

  @Option(names = "--yagura", defaultValue = "./yagura", description = "The command.")
  Path yagura = Path.of("yagura");

  @Option(
      names = "--folder",
      defaultValue = "target/bench-access-log",
      description = "Where the files are; what is there is used again.")
  Path folder = Path.of("target");

  @Option(names = "--out", description = "A file that gets the report as well.")
  @Nullable Path out;

  private final Report report = new Report();

  /** Runs the benchmark and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    progress("generating");
    List<Path> files = Generate.of(lines, objects, seed, 2, folder).write();
    Path file = files.get(0);
    Path tiny = Generate.of(10, 10, seed, 1, folder).write().get(0);
    report.file(file, lines, objects);
    report.environment();
    // Once each before it counts: the disk's cache is warm, and the command is built.
    Path ours = folder.resolve("ours.csv");
    run(popular(ours, file), AS_IT_IS);
    run("gzip -dc " + quoted(file) + " >/dev/null", AS_IT_IS);

    List<Timed> whole = new ArrayList<>();
    List<Timed> start = new ArrayList<>();
    List<Timed> gzip = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      // In turn, so that a busy machine is busy for all.
      whole.add(run(popular(ours, file), AS_IT_IS));
      start.add(run(popular(folder.resolve("tiny.csv"), tiny), AS_IT_IS));
      gzip.add(run("gzip -dc " + quoted(file) + " >/dev/null", AS_IT_IS));
    }
    report.comparison(whole, start, gzip);
    for (String awk : List.of("mawk", "gawk")) {
      awk(awk, file, ours);
    }
    if (goaccess && exists("goaccess")) {
      report.program("goaccess", List.of(run(goaccess(file), AS_IT_IS)));
    } else {
      report.absent("goaccess");
    }
    twoFiles(files);
    if (distinct > 0) {
      distinctObjects();
    }
    System.out.print(report);
    if (out != null) {
      Files.writeString(out, report.toString());
    }
    return report.differs() ? 1 : 0;
  }

  private void awk(String awk, Path file, Path ours) throws IOException {
    if (!exists(awk)) {
      report.absent(awk);
      return;
    }
    Path script = folder.resolve("popular.awk");
    try (InputStream in = Benchmark.class.getResourceAsStream("popular.awk")) {
      if (in == null) {
        throw new IOException("popular.awk is not on the class path");
      }
      Files.write(script, in.readAllBytes());
    }
    Path theirs = folder.resolve(awk + ".txt");
    String command =
        "gzip -dc "
            + quoted(file)
            + " | "
            + awk
            + " -f "
            + quoted(script)
            + " | sort -t '\t' -k1,1nr -k11,11 | head -n "
            + TOP
            + " > "
            + quoted(theirs);
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      timed.add(run(command, AS_IT_IS));
    }
    report.program("gzip -dc, " + awk + ", sort", timed);
    Optional<String> difference =
        Rows.ofCsv(Files.readString(ours, StandardCharsets.UTF_8))
            .differenceFrom(Rows.ofAwk(Files.readString(theirs, StandardCharsets.UTF_8)));
    report.sameAs(awk, difference);
  }

  private void twoFiles(List<Path> files) throws IOException {
    List<Timed> together = new ArrayList<>();
    List<Timed> apart = new ArrayList<>();
    Path csv = folder.resolve("two.csv");
    for (int i = 0; i < runs; i++) {
      together.add(run(popular(csv, files.get(0), files.get(1)), AS_IT_IS));
      String one = popular(csv, files.get(0));
      apart.add(run(one + " && " + popular(csv, files.get(1)), AS_IT_IS));
    }
    report.twoFiles(together, apart);
  }

  private void distinctObjects() throws IOException {
    progress("generating " + distinct + " distinct objects");
    Path file = Generate.of(distinct, 1, seed, 1, folder).eachOnce().write().get(0);
    report.distinct(distinct, run(popular(folder.resolve("distinct.csv"), file), AS_IT_IS));
  }

  private String popular(Path csv, Path... files) {
    var command =
        new StringBuilder(quoted(yagura.toAbsolutePath()))
            .append(" popular-objects --top " + TOP + " --order requests --format csv");
    for (Path file : files) {
      command.append(' ').append(quoted(file));
    }
    return command.append(" > ").append(quoted(csv)).toString();
  }

  private static String goaccess(Path file) {
    return "gzip -dc "
        + quoted(file)
        + " | goaccess - --log-format=CLOUDFRONT --no-global-config --no-progress -o json"
        + " > /dev/null 2>&1";
  }

  private static boolean exists(String program) throws IOException {
    try {
      run("command -v " + program + " >/dev/null", Map.of());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Timed run(String command, Map<String, String> environment) throws IOException {
    progress(command);
    return Timed.run(command, environment);
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }

  private static void progress(String line) {
    System.err.println(line);
  }
}
