package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.core.scrape.ScrapeException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The finished files below a folder that match a pattern.
 *
 * <p>A file is finished when its time is at least {@code settle} ago, or when it was seen unchanged
 * for that long: the second also holds where its time is in the future. Names that programs give to
 * what is on its way are left out.
 */
public final class FileSource implements LogSource {
  private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".filepart", "~");
  private static final int MAX_WATCHED = 10_000;

  private record Seen(long size, long modifiedMillis, Instant since) {}

  private final Glob glob;
  private final LogShape shape;
  private final Optional<String> resource;
  private final Duration settle;
  private final Duration pause;
  private final Clock clock;
  private final Path base;
  private Map<Path, Seen> unsettled = new HashMap<>();

  /**
   * Makes a source; nothing is looked at before {@link #poll}.
   *
   * @param glob of whole paths; a relative one starts at the working directory
   * @param resource of files in whose path the pattern finds none
   * @param settle how long a file must rest
   */
  public FileSource(
      Glob glob,
      LogShape shape,
      Optional<String> resource,
      Duration settle,
      Duration pause,
      Clock clock) {
    this.glob = glob;
    this.shape = shape;
    this.resource = resource;
    this.settle = settle;
    this.pause = pause;
    this.clock = clock;
    base = Path.of(glob.base()).toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return "file:" + glob;
  }

  @Override
  public void poll(Inbox inbox) throws ScrapeException, InterruptedException {
    Map<Path, Seen> before = unsettled;
    // What is gone is forgotten, so a new map each time.
    unsettled = new HashMap<>();
    FileTree.walk(
        base,
        folder -> glob.mayHold(pathOf(glob, base, folder)),
        (found, real, attributes) -> {
          String path = pathOf(glob, base, found);
          if (glob.matches(path) && UNFINISHED.stream().noneMatch(path::endsWith)) {
            consider(path, real, attributes, before, inbox);
          }
        });
  }

  private void consider(
      String path, Path file, BasicFileAttributes attributes, Map<Path, Seen> before, Inbox inbox)
      throws InterruptedException {
    ObjectId id = FileContent.idOf(file, attributes);
    if (inbox.isKnown(id)) {
      return;
    }
    if (isSettled(file, attributes, before)) {
      inbox.offer(objectOf(path, file, id, attributes), Delivery.IGNORED);
    }
  }

  private boolean isSettled(Path file, BasicFileAttributes attributes, Map<Path, Seen> before) {
    Instant now = clock.instant();
    long modified = attributes.lastModifiedTime().toMillis();
    if (!Instant.ofEpochMilli(modified).isAfter(now.minus(settle))) {
      return true;
    }
    Seen last = before.get(file);
    boolean same =
        last != null && last.size() == attributes.size() && last.modifiedMillis() == modified;
    Instant since = last != null && same ? last.since() : now;
    if (unsettled.size() < MAX_WATCHED) {
      unsettled.put(file, new Seen(attributes.size(), modified, since));
    }
    return same && !since.isAfter(now.minus(settle));
  }

  private LogObject objectOf(String path, Path file, ObjectId id, BasicFileAttributes attributes) {
    long modified = attributes.lastModifiedTime().toMillis();
    return new LogObject(
        id,
        attributes.size(),
        Instant.ofEpochMilli(modified),
        glob.resource(path).or(() -> resource),
        shape,
        new FileContent(file, attributes.size(), modified));
  }

  /** As the pattern writes it: its base may be relative or have dots in it. */
  static String pathOf(Glob glob, Path base, Path below) {
    return glob.base() + base.relativize(below).toString();
  }

  @Override
  public Duration pause() {
    return pause;
  }

  @Override
  public void close() {}
}
