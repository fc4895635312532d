package dev.yagura.benchmark.accesslog;

import dev.yagura.loggenerator.LogFormat;
import dev.yagura.loggenerator.LogGenerator;
import dev.yagura.loggenerator.LogPlan;
import dev.yagura.loggenerator.LogWriter;
import dev.yagura.loggenerator.Popularity;
import dev.yagura.loggenerator.Traffic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes log files to measure with. */
@Command(
    name = "generate",
    description = "Write standard logs of version 1 with 33 columns, gzip.",
    mixinStandardHelpOptions = true)
final class Generate implements Callable<Integer> {
  private static final int WIDTH = 33;

  /** What is counted and no more, for files of which only the number of objects matters. */
  private static final List<String> FEW =
      List.of(
          "date",
          "time",
          "sc-bytes",
          "cs-uri-stem",
          "sc-status",
          "x-edge-result-type",
          "x-edge-response-result-type",
          "time-taken",
          "time-to-first-byte");

  @Option(names = "--lines", defaultValue = "1000000", description = "Of each file.")
  int lines = 1_000_000;

  @Option(names = "--objects", defaultValue = "200000", description = "Asked for by Zipf's law.")
  int objects = 200_000;

  @Option(names = "--exponent", defaultValue = "1.0", description = "Of Zipf's law.")
  double exponent = 1;

  @Option(
      names = "--each-once",
      description = "Each line asks for another object; nine columns, version 2.")
  boolean eachOnce;

  @Option(names = "--seed", defaultValue = "1", description = "Of the first file.")
  long seed = 1;

  @Option(names = "--files", defaultValue = "1", description = "How many.")
  int files = 1;

  @Parameters(paramLabel = "FOLDER", description = "Where they are written.")
  Path folder = Path.of(".");

  /** Writes the files and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Generate()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    write().forEach(System.out::println);
    return 0;
  }

  /** Writes what the options say; what is there already, by the same name, is kept. */
  List<Path> write() throws IOException {
    Files.createDirectories(folder);
    List<Path> written = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      Path file = folder.resolve(name(seed + i));
      if (!Files.exists(file)) {
        write(file, seed + i);
      }
      written.add(file);
    }
    return written;
  }

  private String name(long number) {
    String kind = lines + "-" + (eachOnce ? "each-once" : objects + "-" + exponent);
    return kind
        + "-"
        + LogGenerator.fileName(LogGenerator.DISTRIBUTION, LogGenerator.START, number);
  }

  private void write(Path file, long number) throws IOException {
    LogPlan plan = eachOnce ? LogPlan.of(LogFormat.W3C, FEW, lines) : LogPlan.v1(WIDTH, lines);
    Popularity popularity = eachOnce ? Popularity.eachOnce() : Popularity.zipf(objects, exponent);
    var traffic = new Traffic(number, popularity, LogGenerator.START, Duration.ofHours(1), 0);
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
      LogWriter.write(plan, traffic, out);
    }
    Files.move(unfinished, file);
  }

  /** What the same options write. */
  static Generate of(int lines, int objects, long seed, int files, Path folder) {
    var generate = new Generate();
    generate.lines = lines;
    generate.objects = objects;
    generate.seed = seed;
    generate.files = files;
    generate.folder = folder;
    return generate;
  }

  /** This with each object asked for once. */
  Generate eachOnce() {
    eachOnce = true;
    return this;
  }
}
