package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.aws.sqs.QueueUrl;
import dev.yagura.core.config.Section;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads sources as an operator writes them: an item of {@code sources} in the configuration, or one
 * text in an environment variable or on the command line.
 */
public final class SourceReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST_SETTLE = Duration.ofHours(1);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
  private static final Duration LONGEST_LOOK_BACK = Duration.ofDays(60);

  private final String resourceKey;

  /**
   * A reader for one kind of resource.
   *
   * @param resourceKey what a resource is called, such as {@code distribution}: a key of the
   *     configuration, and in braces the placeholder of patterns
   */
  public SourceReader(String resourceKey) {
    this.resourceKey = resourceKey;
  }

  /**
   * Reads one item.
   *
   * @throws IllegalArgumentException if it does not say where, as {@link Section} expects of
   *     readers
   */
  public SourceConfig read(Section item) {
    SourceConfig.Logs logs = logs(item);
    Duration settle = item.duration("settle", SourceConfig.SETTLE, Duration.ZERO, LONGEST_SETTLE);
    Duration pause = item.duration("poll_interval", SourceConfig.FILE_PAUSE, SECOND, LONGEST_PAUSE);
    Optional<Glob> path = item.parsed("path", this::files);
    Optional<SourceConfig> s3 = item.section("s3", section -> s3(section, logs));
    Optional<SourceConfig> sqs = item.section("sqs", section -> sqs(section, logs));
    List<String> where = List.of("path", "s3", "sqs").stream().filter(item::has).toList();
    if (where.size() != 1) {
      throw new IllegalArgumentException(
          where.isEmpty()
              ? "says not where: path, s3 or sqs is required"
              : "one of path, s3 and sqs, not " + String.join(" and ", where));
    }
    for (String key : List.of("settle", "poll_interval")) {
      if (item.has(key) && !item.has("path")) {
        item.problem(key, key.equals("settle") ? "only for path" : "belongs below " + where.get(0));
      }
    }
    return path.<SourceConfig>map(glob -> new SourceConfig.File(glob, settle, pause, logs))
        .or(() -> s3)
        .or(() -> sqs)
        .orElseThrow(() -> new IllegalArgumentException("is not valid"));
  }

  /**
   * Reads {@code s3://bucket/prefix}, the address of a queue, a folder, or a pattern of paths.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public SourceConfig parse(String text) {
    SourceConfig.Logs logs = SourceConfig.Logs.OF_FILES;
    if (text.startsWith("s3://")) {
      S3Location location = S3Location.of(text);
      return new SourceConfig.S3(
          location.bucket(),
          location.prefix(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          SourceConfig.LOOK_BACK,
          SourceConfig.S3_PAUSE,
          logs);
    }
    if (text.startsWith("https://") || text.startsWith("http://")) {
      return new SourceConfig.Sqs(
          queueUrl(text),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          logs);
    }
    return new SourceConfig.File(files(text), SourceConfig.SETTLE, SourceConfig.FILE_PAUSE, logs);
  }

  private SourceConfig s3(Section s3, SourceConfig.Logs logs) {
    String bucket = s3.requiredText("bucket");
    if (bucket.indexOf('/') >= 0) {
      s3.problem("bucket", "must be the name alone; what follows a slash is the prefix");
    }
    return new SourceConfig.S3(
        bucket,
        s3.text("prefix", ""),
        s3.parsed("keys", this::glob),
        s3.parsed("region", SourceReader::region),
        s3.parsed("endpoint", QueueUrl::http),
        s3.duration("look_back", SourceConfig.LOOK_BACK, Duration.ofHours(1), LONGEST_LOOK_BACK),
        s3.duration("poll_interval", SourceConfig.S3_PAUSE, SECOND, LONGEST_PAUSE),
        logs);
  }

  private SourceConfig sqs(Section sqs, SourceConfig.Logs logs) {
    if (!sqs.has("queue_url")) {
      sqs.problem("queue_url", "required, but missing");
    }
    Optional<URI> s3Endpoint = sqs.parsed("s3_endpoint", QueueUrl::http);
    return new SourceConfig.Sqs(
        sqs.parsed("queue_url", SourceReader::queueUrl).orElse(""),
        sqs.parsed("keys", this::glob),
        sqs.parsed("region", SourceReader::region),
        sqs.parsed("endpoint", QueueUrl::http),
        s3Endpoint,
        logs);
  }

  private SourceConfig.Logs logs(Section item) {
    List<String> fields = item.texts("fields", List.of());
    if (fields.stream().anyMatch(String::isBlank)) {
      item.problem("fields", "must not hold an empty name");
    }
    return new SourceConfig.Logs(
        new LogShape(fields, item.parsed("delimiter", SourceReader::delimiter)),
        item.parsed(resourceKey, SourceReader::notBlank));
  }

  private Glob glob(String text) {
    return Glob.of(text, resourceKey);
  }

  private Glob files(String text) {
    boolean folder = text.endsWith("/") || Files.isDirectory(Path.of(notBlank(text)));
    return glob(folder ? text + (text.endsWith("/") ? "**" : "/**") : text);
  }

  private static String queueUrl(String text) {
    QueueUrl.of(text);
    return text;
  }

  private static String region(String text) {
    if (!text.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("must be the name of a region such as ap-northeast-1");
    }
    return text;
  }

  private static Character delimiter(String text) {
    if (text.equals("tab") || text.equals("\\t") || text.equals("\t")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) < ' ' || text.charAt(0) > '~') {
      throw new IllegalArgumentException("must be one printable ASCII character, or tab");
    }
    return text.charAt(0);
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }
}
