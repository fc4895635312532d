package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists log files once, all that there are, for the command line. */
public final class OneShot implements AutoCloseable {
  private final LogShape shape;
  private final String placeholder;
  private final Supplier<AwsClients> clients;
  private @Nullable BucketListing buckets;

  /**
   * A lister.
   *
   * @param placeholder the word in braces that names the resource in patterns
   * @param clients for what is in buckets, asked for when there is a bucket; closed with this
   */
  public OneShot(LogShape shape, String placeholder, Supplier<AwsClients> clients) {
    this.shape = shape;
    this.placeholder = placeholder;
    this.clients = clients;
  }

  /**
   * What an argument names: a file, a folder with all below it that is not hidden, a pattern of
   * paths, or {@code s3://bucket/prefix}. At least one, in the order of their names; read them
   * before this is closed.
   *
   * @throws ScrapeException if there is nothing, or it cannot be listed
   * @throws IllegalArgumentException if it is a pattern that is wrong
   */
  public List<LogObject> list(String argument) throws ScrapeException, InterruptedException {
    List<LogObject> found =
        argument.startsWith("s3://") ? objects(S3Location.of(argument)) : files(argument);
    if (found.isEmpty()) {
      throw new ScrapeException(FailureReason.UNREACHABLE, "there is no log in " + argument);
    }
    return found;
  }

  private List<LogObject> objects(S3Location location)
      throws ScrapeException, InterruptedException {
    BucketListing listing = buckets;
    if (listing == null) {
      listing = new BucketListing(clients.get(), shape);
      buckets = listing;
    }
    return listing.list(location);
  }

  private List<LogObject> files(String argument) throws ScrapeException, InterruptedException {
    Optional<Path> named = existing(argument);
    if (named.isPresent() && !Files.isDirectory(named.get())) {
      return List.of(file(named.get()));
    }
    if (named.isPresent()) {
      return below(named.get(), folder -> true, Optional.empty());
    }
    Glob glob = Glob.of(argument, placeholder);
    if (glob.fixedText().equals(argument)) {
      throw new ScrapeException(
          FailureReason.UNREACHABLE, "there is no file or folder " + argument);
    }
    Path base = Path.of(glob.base()).toAbsolutePath().normalize();
    return below(
        base, folder -> glob.mayHold(FileSource.pathOf(glob, base, folder)), Optional.of(glob));
  }

  private static Optional<Path> existing(String argument) {
    try {
      return Optional.of(Path.of(argument).toAbsolutePath().normalize()).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private LogObject file(Path file) throws ScrapeException {
    try {
      return of(file, Files.readAttributes(file, BasicFileAttributes.class), Optional.empty());
    } catch (IOException e) {
      throw new ScrapeException(FailureReason.DENIED, "cannot look at " + file, e);
    }
  }

  private List<LogObject> below(Path base, Predicate<Path> enter, Optional<Glob> glob)
      throws ScrapeException, InterruptedException {
    // A link and what it points to are one log.
    SortedMap<String, LogObject> found = new TreeMap<>();
    FileTree.walk(
        base,
        enter,
        (link, real, attributes) -> {
          String path = glob.map(g -> FileSource.pathOf(g, base, link)).orElse("");
          if (glob.isEmpty() || glob.get().matches(path)) {
            LogObject log = of(real, attributes, glob.flatMap(g -> g.resource(path)));
            found.put(log.id().location(), log);
          }
        });
    return List.copyOf(found.values());
  }

  private LogObject of(Path file, BasicFileAttributes attributes, Optional<String> resource) {
    long modified = attributes.lastModifiedTime().toMillis();
    return new LogObject(
        FileContent.idOf(file, attributes),
        attributes.size(),
        Instant.ofEpochMilli(modified),
        resource,
        shape,
        new FileContent(file, attributes.size(), modified));
  }

  @Override
  public void close() {
    if (buckets != null) {
      buckets.close();
    }
  }
}
