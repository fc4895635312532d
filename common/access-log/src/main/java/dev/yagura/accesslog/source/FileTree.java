package dev.yagura.accesslog.source;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks the regular files of a folder and those below. Links to folders are followed, each real
 * folder is looked into once, by its real way where it has one below the base. What is hidden is
 * left out.
 */
final class FileTree {
  /**
   * Takes a file; a link to a file is given as what it points to, and {@code found} as the link.
   */
  interface Visitor {
    void file(Path found, Path real, BasicFileAttributes attributes) throws InterruptedException;
  }

  private static final int MAX_FOLDERS = 100_000;

  private final Path base;
  private final Predicate<Path> enter;
  private final Visitor visitor;
  private final Deque<Path> folders = new ArrayDeque<>();
  // By name, so that of two links to one folder it is always the same that counts.
  private final TreeSet<Path> links = new TreeSet<>();
  private final Set<Object> seen = new HashSet<>();
  private @Nullable ScrapeException failure;

  private FileTree(Path base, Predicate<Path> enter, Visitor visitor) {
    this.base = base;
    this.enter = enter;
    this.visitor = visitor;
  }

  /**
   * Gives every file, in no order; the memory it takes grows with folders, not with files.
   *
   * @param base absolute and normalised
   * @param enter whether to look into a folder below the base
   * @throws ScrapeException if a folder could not be read, after all others have been
   */
  static void walk(Path base, Predicate<Path> enter, Visitor visitor)
      throws ScrapeException, InterruptedException {
    new FileTree(base, enter, visitor).walk();
  }

  private void walk() throws ScrapeException, InterruptedException {
    folders.add(base);
    Optional<Path> next = next();
    while (next.isPresent()) {
      look(next.get());
      next = next();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private Optional<Path> next() {
    Path folder = folders.poll();
    return Optional.ofNullable(folder == null ? links.pollFirst() : folder);
  }

  private void look(Path folder) throws ScrapeException, InterruptedException {
    try {
      if (!seen.add(keyOf(folder))) {
        return;
      }
      if (seen.size() > MAX_FOLDERS) {
        throw new ScrapeException(
            FailureReason.INVALID, "more than " + MAX_FOLDERS + " folders below " + base);
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          visit(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (folder.equals(base)) {
        failed(new ScrapeException(FailureReason.UNREACHABLE, "there is no folder " + base, e));
      }
    } catch (IOException e) {
      failed(unreadable(folder, e));
    } catch (DirectoryIteratorException | UncheckedIOException e) {
      failed(unreadable(folder, e.getCause()));
    }
  }

  /** Why a folder that is there could not be read. */
  static ScrapeException unreadable(Path folder, @Nullable Throwable cause) {
    return cause instanceof AccessDeniedException
        ? new ScrapeException(FailureReason.DENIED, "may not read the folder " + folder, cause)
        : new ScrapeException(FailureReason.UNREACHABLE, "cannot read the folder " + folder, cause);
  }

  private static Object keyOf(Path folder) throws IOException {
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return key == null ? folder.toRealPath() : key;
  }

  private void visit(Path entry) throws InterruptedException {
    if (entry.getFileName().toString().startsWith(".")) {
      return;
    }
    try {
      BasicFileAttributes own =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean link = own.isSymbolicLink();
      BasicFileAttributes meant =
          link ? Files.readAttributes(entry, BasicFileAttributes.class) : own;
      if (meant.isDirectory() && enter.test(entry)) {
        (link ? links : folders).add(entry);
      } else if (meant.isRegularFile()) {
        visitor.file(entry, link ? entry.toRealPath() : entry, meant);
      }
    } catch (NoSuchFileException e) {
      // Gone since it was listed, or a link to nothing.
    } catch (IOException e) {
      failed(new ScrapeException(FailureReason.DENIED, "cannot look at " + entry, e));
    }
  }

  private void failed(ScrapeException e) {
    if (failure == null) {
      failure = e;
    }
  }
}
