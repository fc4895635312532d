package dev.yagura.cloudfront;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/** A folder into which finished log files are put, as another program would. */
record LogFolder(Path path) {
  private static final FileTime WRITTEN = FileTime.from(Watch.NOW.minus(Duration.ofHours(2)));

  /** A file of a distribution, called as CloudFront does. */
  static String name(String distribution, int unique) {
    return "%s.2026-11-22-07.%08x".formatted(distribution, unique);
  }

  LogFolder below(String folder) {
    return new LogFolder(path.resolve(folder));
  }

  /** Every file below it. */
  String pattern() {
    return path + "/**";
  }

  void put(String name, String text) throws IOException {
    put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** It is there at once and whole: nobody looks at a name that ends in .tmp. */
  void put(String name, byte[] bytes) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(unfinished, bytes);
    Files.setLastModifiedTime(unfinished, WRITTEN);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
