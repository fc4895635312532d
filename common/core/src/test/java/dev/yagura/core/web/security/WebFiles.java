package dev.yagura.core.web.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A directory with a web config in it, and the clock by which its server looks at it. */
final class WebFiles {
  private final Path directory;
  private final AtomicLong nanos = new AtomicLong();
  private long writes = 1_000_000_000L;

  WebFiles(Path directory) {
    this.directory = directory;
  }

  WebFiles write(String name, String content) {
    Path file = directory.resolve(name);
    try {
      Files.writeString(file, content);
      // Two writes within one tick of the file system's clock would look alike.
      Files.setLastModifiedTime(file, FileTime.from(writes++, TimeUnit.SECONDS));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  WebFiles config(String... lines) {
    return write("web.yml", String.join("\n", lines) + "\n");
  }

  Path config() {
    return directory.resolve("web.yml");
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  WebSecurity load() {
    return WebSecurity.load(config(), nanos::get);
  }

  WebSecurity load(Bcrypt bcrypt) {
    return WebSecurity.load(config(), nanos::get, bcrypt);
  }

  void passMillis(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
