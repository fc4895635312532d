package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of a bucket below a prefix, listed from a while before the last whole look: what came
 * late, and what came while nobody looked, is in it. Old keys with a date in them are jumped over.
 */
public final class S3Source implements LogSource {
  private final Supplier<S3Client> client;
  private final String bucket;
  private final String prefix;
  private final S3Objects objects;
  private final Duration lookBack;
  private final Duration pause;
  private final Clock clock;

  /**
   * Makes a source; nothing is asked before {@link #poll}. It does not close the client.
   *
   * @param client S3 in the bucket's region; asked before each look
   * @param prefix what keys begin with, not always a folder; may be empty
   * @param keys a pattern of whole keys; empty for all
   * @param resource of objects in whose key the pattern finds none
   */
  public S3Source(
      Supplier<S3Client> client,
      String bucket,
      String prefix,
      Optional<Glob> keys,
      LogShape shape,
      Optional<String> resource,
      Duration lookBack,
      Duration pause,
      Clock clock) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.objects = new S3Objects(keys, shape, resource);
    this.lookBack = lookBack;
    this.pause = pause;
    this.clock = clock;
  }

  @Override
  public String name() {
    return where() + objects.keys().map(keys -> " " + keys).orElse("");
  }

  private String where() {
    return "s3://" + bucket + "/" + prefix;
  }

  @Override
  public void poll(Inbox inbox) throws ScrapeException, InterruptedException {
    Instant began = clock.instant();
    Instant from = inbox.lastWholeLook(name()).orElse(began).minus(lookBack);
    DatedKeys dates = new DatedKeys(from);
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      ListObjectsV2Response page = list(after.get());
      for (S3Object object : page.contents()) {
        if (objects.isLog(object.key()) && dates.isWanted(object.key(), object.lastModified())) {
          offer(object, inbox);
        }
      }
      after = next(page, dates);
    }
    inbox.wholeLook(name(), began);
  }

  private void offer(S3Object found, Inbox inbox) throws InterruptedException {
    LogObject object =
        objects.of(client, bucket, found.key(), found.eTag(), found.size(), found.lastModified());
    if (!inbox.isKnown(object.id())) {
      inbox.offer(object, Delivery.IGNORED);
    }
  }

  private ListObjectsV2Response list(String after) throws ScrapeException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(listed())
            .encodingType(EncodingType.URL);
    if (!after.isEmpty()) {
      request.startAfter(after);
    }
    try {
      return client.get().listObjectsV2(request.build());
    } catch (SdkException e) {
      throw S3Failures.looking(e, "list " + where());
    }
  }

  /** What all keys begin with; a pattern may say more than the prefix. */
  private String listed() {
    return objects
        .keys()
        .map(Glob::fixedText)
        .filter(fixed -> fixed.startsWith(prefix))
        .orElse(prefix);
  }

  private static Optional<String> next(ListObjectsV2Response page, DatedKeys dates) {
    List<S3Object> contents = page.contents();
    if (!Boolean.TRUE.equals(page.isTruncated()) || contents.isEmpty()) {
      return Optional.empty();
    }
    String last = contents.get(contents.size() - 1).key();
    return Optional.of(dates.next(last).orElse(last));
  }

  @Override
  public Duration pause() {
    return pause;
  }

  @Override
  public void close() {}
}
