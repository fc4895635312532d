package dev.yagura.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native code, which the driver unpacks to a file first. That file goes to the state
 * folder, which can surely be written: a container's {@code /tmp} often cannot, or must not hold
 * programs. What a killed process left there is removed, so there is one copy at most.
 */
final class SqliteLibrary {
  private static final String PLACE = "org.sqlite.tmpdir";

  private SqliteLibrary() {}

  /** Loads it once a process; whoever sets {@code org.sqlite.tmpdir} decides the place. */
  static void load(Path folder, String application) throws StateException {
    boolean chosen = System.getProperty(PLACE) != null;
    Path place = folder.resolve(application + ".native");
    try {
      if (!chosen) {
        Files.createDirectories(place);
        clear(place);
        System.setProperty(PLACE, place.toString());
      }
      SQLiteJDBCLoader.initialize();
    } catch (Exception | LinkageError e) {
      throw new StateException(
          "SQLite's library cannot be loaded from "
              + (chosen ? System.getProperty(PLACE) : place)
              + " ("
              + e.getMessage()
              + "): name a folder that may hold programs with -D"
              + PLACE,
          e);
    } finally {
      if (!chosen) {
        System.clearProperty(PLACE);
      }
    }
  }

  private static void clear(Path place) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(place, "sqlite-*")) {
      for (Path file : left) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          // Some systems keep what this process itself uses; the next one removes it.
        }
      }
    }
  }
}
