package dev.yagura.cloudfront;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An exporter in a process of its own that is scraped without a pause, to be killed. */
final class ExporterChild {
  private ExporterChild() {}

  /**
   * Arguments: the state folder, the folder of the logs, the file for what is scraped, {@code top}.
   * Says a byte for each exposition that differs from the one before. Ends when it is killed.
   */
  public static void main(String[] args) throws Exception {
    String section =
        "sources: [{path: \"%s/*.log\", settle: 0s, poll_interval: 1s}]\ntop: %s"
            .formatted(args[1], args[3]);
    try (Watch watch = Watch.of(Path.of(args[0]), section);
        PrintStream scrapes =
            new PrintStream(
                Files.newOutputStream(Path.of(args[2])), false, StandardCharsets.UTF_8)) {
      String last = "";
      while (true) {
        String text = watch.text();
        if (!text.equals(last)) {
          last = text;
          scrapes.print(text + "# END\n");
          scrapes.flush();
          System.out.write('.');
          System.out.flush();
        }
      }
    }
  }
}
