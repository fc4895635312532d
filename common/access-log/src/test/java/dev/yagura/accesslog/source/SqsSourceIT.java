package dev.yagura.accesslog.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.aws.sqs.SqsQueue;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.Await;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.QueueServer;
import dev.yagura.testing.S3Stub;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqsSourceIT {
  private static final Instant NOW = Instant.parse("2026-11-23T07:30:00Z");
  private static final int MOST = 3;
  // Longer than any test: what comes again before was given back.
  private static final Duration LONG = Duration.ofSeconds(1000);

  private final QueueServer queue = new QueueServer(2);
  private final AwsClients queues = TestAws.at(queue.endpoint());
  private final S3Stub s3 = S3Stub.start();
  private final AwsClients buckets = TestAws.at(s3.endpoint());
  private final CollectingInbox inbox = new CollectingInbox();
  private SqsSource source = source(LONG);

  @AfterEach
  void close() {
    source.close();
    queues.close();
    queue.close();
    buckets.close();
    s3.close();
  }

  @Test
  void aMessageIsDeletedOnlyWhenAllItsObjectsAreCommitted() throws Exception {
    queue.send(created("a.gz", "b.gz"));

    source.poll(inbox);

    assertThat(names()).containsExactly("a.gz", "b.gz");
    delivery(0).committed();
    delivery(0).committed();
    source.poll(inbox);
    assertThat(queue.hidden()).isEqualTo(1);
    delivery(1).committed();
    Await.until("the message is deleted", queue::isEmpty);
    assertThat(queue.dead()).isZero();
  }

  @Test
  void aMessageOfWhichOneObjectFailsComesAgainAndEndsWithTheDead() throws Exception {
    queue.send(created("a.gz", "b.gz"));

    for (int time = 1; time <= 2; time++) {
      int before = inbox.offers().size();
      pollUntil("it comes", () -> inbox.offers().size() == before + 2);
      delivery(before).failed();
      delivery(before + 1).committed();
      Await.until("it is given back", () -> queue.hidden() == 0);
    }
    pollUntil("it is with the dead", () -> queue.dead() == 1);
    assertThat(inbox.offers()).hasSize(4);
  }

  @Test
  void aMessageThatIsNoNotificationIsCountedAndEndsWithTheDead() throws Exception {
    restart(Duration.ofSeconds(1));
    queue.send("hello");

    source.poll(inbox);
    assertThat(inbox.unusable).hasValue(1);
    assertThat(queue.isEmpty()).isFalse();
    pollUntil("it is with the dead", () -> queue.dead() == 1);
    assertThat(inbox.unusable).hasValue(2);
    assertThat(inbox.offers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}",
        "{\"Records\":[]}",
        "{\"source\":\"aws.s3\",\"detail-type\":\"Object Deleted\",\"detail\":{}}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"logs\"},"
            + "\"object\":{\"key\":\"other/a.txt\",\"size\":1,\"eTag\":\"e\"}}}]}",
      })
  void whatNamesNoLogIsAcknowledged(String body) throws Exception {
    queue.send(body);
    source.poll(inbox);
    Await.until("it is deleted", queue::isEmpty);
    assertThat(inbox.offers()).isEmpty();
    assertThat(inbox.unusable).hasValue(0);
  }

  @Test
  void noMoreMessagesAreTakenThanMayBeInFlight() throws Exception {
    for (int i = 0; i < 10; i++) {
      queue.send(created(i + ".gz"));
    }
    pollUntil("as many as may", () -> inbox.offers().size() == MOST);
    Thread next = new Thread(this::pollQuietly, "next-poll");
    next.setDaemon(true);
    next.start();
    Await.until("it waits", () -> next.getState() == Thread.State.WAITING);
    assertThat(inbox.offers()).hasSize(MOST);
    assertThat(queue.hidden()).isEqualTo(MOST);

    delivery(1).committed();
    Await.until("one more is taken", () -> inbox.offers().size() == MOST + 1);
    next.join();
    assertThat(queue.waiting() + queue.hidden()).isEqualTo(9);
  }

  @Test
  void whoWaitsForRoomIsToldWhenItIsClosed() throws Exception {
    for (int i = 0; i < MOST; i++) {
      queue.send(created(i + ".gz"));
    }
    pollUntil("as many as may", () -> inbox.offers().size() == MOST);
    Thread next = new Thread(this::pollQuietly, "next-poll");
    next.setDaemon(true);
    next.start();
    Await.until("it waits", () -> next.getState() == Thread.State.WAITING);
    source.close();
    Await.until("it ends", () -> !next.isAlive());
  }

  @Test
  void nobodyElseIsGivenAMessageWhileItsObjectsAreWorkedAt() throws Exception {
    restart(Duration.ofSeconds(2));
    queue.send(created("a.gz"));
    source.poll(inbox);

    assertThat(queue.receive(5)).isEmpty();
    delivery(0).committed();
    Await.until("it is deleted", queue::isEmpty);
  }

  @Test
  void whatNobodyWorksAtAnyMoreIsGivenBack() throws Exception {
    queue.send(created("a.gz", "b.gz"));
    Inbox interrupted =
        new CollectingInbox() {
          @Override
          public synchronized void offer(LogObject object, Delivery delivery)
              throws InterruptedException {
            throw new InterruptedException();
          }
        };
    assertThatThrownBy(() -> source.poll(interrupted)).isInstanceOf(InterruptedException.class);
    Await.until("it is given back", () -> queue.waiting() == 1);
  }

  @Test
  void anObjectIsTheSameWhetherItIsListedOrNotified() throws Exception {
    byte[] bytes = "0123456789".getBytes(UTF_8);
    String eTag = s3.put("logs", "cf/E1.a +é.gz", bytes, NOW);
    queue.send(
        """
        {"Records":[{"eventName":"ObjectCreated:Put","awsRegion":"eu-west-1","s3":{
          "bucket":{"name":"logs"},
          "object":{"key":"cf/E1.a+%2B%C3%A9.gz","size":10,"eTag":"TAG"}}}]}"""
            .replace("TAG", eTag));
    queue.send(
        """
        {"source":"aws.s3","detail-type":"Object Created","detail":{
          "bucket":{"name":"logs"},"object":{"key":"cf/E1.a +é.gz"}}}""");
    pollUntil("both are there", () -> inbox.offers().size() == 2);
    CollectingInbox listed = new CollectingInbox();
    Glob keys = Glob.of("**/{distribution}.*", "distribution");
    new S3Source(
            buckets::s3,
            "logs",
            "",
            Optional.of(keys),
            LogShape.OF_FILE,
            Optional.empty(),
            Duration.ofHours(24),
            Duration.ZERO,
            FakeClock.at(NOW))
        .poll(listed);

    LogObject same = listed.objects().get(0);
    assertThat(inbox.objects()).extracting(LogObject::id).containsExactly(same.id(), same.id());
    assertThat(inbox.objects()).extracting(LogObject::size).containsExactly(10L, 10L);
    assertThat(inbox.objects().get(0).resource()).contains("E1");
    try (InputStream read = inbox.objects().get(0).content().open()) {
      assertThat(read.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(s3.count("HEAD")).isEqualTo(1);
  }

  @Test
  void anObjectOfWhichNothingCanBeKnownComesAgain() throws Exception {
    s3.fail(S3Stub.Fault.ACCESS_DENIED);
    queue.send(
        """
        {"source":"aws.s3","detail-type":"Object Created","detail":{
          "bucket":{"name":"logs"},"object":{"key":"cf/a.gz"}}}""");
    source.poll(inbox);
    Await.until("it is given back", () -> queue.waiting() == 1);
    assertThat(inbox.offers()).isEmpty();
  }

  @Test
  void aQueueThatCannotBeAskedIsAskedAgainAfterAWhile() throws Exception {
    assertThat(source.pause()).isZero();
    SqsSource lost = source(new SqsQueue(queues::sqs, queue.url() + "-none"), LONG);
    assertThatThrownBy(() -> lost.poll(inbox))
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.INVALID))
        .hasMessageContaining("logs-none");
    assertThat(lost.pause()).isPositive();
    lost.close();
    source.poll(inbox);
    assertThat(source.pause()).isZero();
  }

  @Test
  void itsNameIsTheNameOfTheQueue() {
    assertThat(source.name()).isEqualTo("sqs:logs");
  }

  private void restart(Duration visibility) {
    source.close();
    source = source(visibility);
  }

  private SqsSource source(Duration visibility) {
    return source(new SqsQueue(queues::sqs, queue.url()), visibility);
  }

  private SqsSource source(SqsQueue from, Duration visibility) {
    return new SqsSource(
        from,
        buckets::s3In,
        new S3Objects(
            Optional.of(Glob.of("**/{distribution}.*gz", "distribution")),
            LogShape.OF_FILE,
            Optional.empty()),
        new SqsSource.Terms(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            new InFlight.Terms(MOST, visibility, Duration.ZERO)),
        FakeClock.at(NOW),
        System::nanoTime);
  }

  private Delivery delivery(int index) {
    return inbox.offers().get(index).delivery();
  }

  private List<String> names() {
    return inbox.objects().stream().map(object -> object.id().fileName()).toList();
  }

  private void pollUntil(String what, java.util.function.BooleanSupplier done) throws Exception {
    for (int i = 0; i < 20 && !done.getAsBoolean(); i++) {
      source.poll(inbox);
    }
    assertThat(done.getAsBoolean()).as(what).isTrue();
  }

  private void pollQuietly() {
    try {
      source.poll(inbox);
    } catch (ScrapeException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String created(String... keys) {
    return Stream.of(keys)
        .map(
            key ->
                """
                {"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"logs"},
                 "object":{"key":"cf/%s","size":1,"eTag":"e"}}}"""
                    .formatted(key))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }
}
