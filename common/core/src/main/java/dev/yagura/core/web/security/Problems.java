package dev.yagura.core.web.security;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file, so that it can be told all at once. */
final class Problems {
  private final Path file;
  private final List<String> found = new ArrayList<>();

  Problems(Path file) {
    this.file = file;
  }

  void add(String problem) {
    found.add(file + ": " + problem);
  }

  void add(int line, String problem) {
    found.add(file + ":" + line + ": " + problem);
  }

  void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new WebConfigException(found);
    }
  }

  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return String.valueOf(e.getMessage());
  }
}
