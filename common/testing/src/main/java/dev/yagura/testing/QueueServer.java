package dev.yagura.testing;

import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** ElasticMQ in this JVM with a queue and its dead-letter queue; its clock can be put forward. */
public final class QueueServer implements AutoCloseable {
  private static final String HIDDEN_SECONDS = "1000";

  private final AtomicLong millisAhead = new AtomicLong();
  private final ActorSystem actors = ActorSystem.create("queue-server");
  private final URI endpoint;
  private final SqsClient sqs;
  private final String queue;
  private final String dead;

  /** A server on a port of its own; after so many deliveries a message is dead. */
  public QueueServer(int deliveries) {
    ActorRef queues =
        actors.actorOf(
            Props.create(
                QueueManagerActor.class,
                new Ahead(millisAhead),
                StrictSQSLimits$.MODULE$,
                Option.empty()));
    SQSRestServer server =
        SQSRestServerBuilder.withActorSystem(actors)
            .withQueueManagerActor(queues)
            .withInterface("127.0.0.1")
            .withDynamicPort()
            .start();
    int port = server.waitUntilStarted().localAddress().getPort();
    endpoint = URI.create("http://127.0.0.1:" + port);
    sqs =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.AP_NORTHEAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    dead = create("dead", Map.of());
    String arn =
        sqs.getQueueAttributes(
                request -> request.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String redrive =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}".formatted(arn, deliveries);
    queue =
        create(
            "logs",
            Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                redrive,
                QueueAttributeName.VISIBILITY_TIMEOUT,
                HIDDEN_SECONDS));
  }

  private static final class Ahead extends NowProvider {
    private final AtomicLong millis;

    Ahead(AtomicLong millis) {
      this.millis = millis;
    }

    @Override
    public long nowMillis() {
      return super.nowMillis() + millis.get();
    }

    @Override
    public OffsetDateTime now() {
      return super.now().plus(Duration.ofMillis(millis.get()));
    }
  }

  private String create(String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(request -> request.queueName(name).attributes(attributes)).queueUrl();
  }

  /** Where clients find it. */
  public URI endpoint() {
    return endpoint;
  }

  /** The address of the queue. */
  public String url() {
    return queue;
  }

  /** Puts a message into the queue. */
  public void send(String body) {
    sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
  }

  /** Takes messages, as another program would. */
  public List<Message> receive(int waitSeconds) {
    return sqs.receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(waitSeconds))
        .messages();
  }

  /**
   * Puts the server's clock forward; who waits for a message is told with the next one sent. {@link
   * #waiting} and {@link #hidden} are not told, so only their sum is true from then on.
   */
  public void later(Duration by) {
    millisAhead.addAndGet(by.toMillis());
  }

  /** How many messages can be received. */
  public int waiting() {
    return number(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  /** How many messages somebody works at, or gave back for later. */
  public int hidden() {
    return number(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  /** How many messages are neither deleted nor dead. */
  public int left() {
    return waiting() + hidden();
  }

  /** Whether all messages are deleted or dead. */
  public boolean isEmpty() {
    return left() == 0;
  }

  /** How many messages ended in the dead-letter queue. */
  public int dead() {
    return number(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
        + number(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  /** Takes up to ten messages out of the dead-letter queue. */
  public List<String> takeDead() {
    return sqs
        .receiveMessage(request -> request.queueUrl(dead).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  private int number(String url, QueueAttributeName name) {
    return Integer.parseInt(
        sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
            .attributes()
            .get(name));
  }

  @Override
  public void close() {
    sqs.close();
    // Stopping the server by itself would wait for those who wait for messages.
    actors.terminate();
    actors.getWhenTerminated().toCompletableFuture().join();
  }
}
