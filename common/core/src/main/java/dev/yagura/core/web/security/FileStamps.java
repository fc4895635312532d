package dev.yagura.core.web.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads files and remembers how they looked, to tell later whether one of them is another now. */
final class FileStamps {
  private static final int MAX_BYTES = 1 << 20;

  private record Stamp(FileTime modified, long size, @Nullable Object identity) {
    static final Stamp UNREADABLE = new Stamp(FileTime.fromMillis(0), -1, null);

    static Stamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      } catch (IOException e) {
        return UNREADABLE;
      }
    }
  }

  private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

  byte[] read(Path file) throws IOException {
    // Stamped before it is read: a write in between shows as a change at the next look.
    stamps.put(file, Stamp.of(file));
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new IOException("larger than " + MAX_BYTES + " bytes");
      }
      return content;
    }
  }

  boolean changed() {
    return stamps.entrySet().stream().anyMatch(e -> !Stamp.of(e.getKey()).equals(e.getValue()));
  }
}
