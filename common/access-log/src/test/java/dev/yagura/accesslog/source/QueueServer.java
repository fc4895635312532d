package dev.yagura.accesslog.source;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** ElasticMQ in this JVM with a queue and its dead-letter queue. */
final class QueueServer implements AutoCloseable {
  private final SQSRestServer server;
  private final URI endpoint;
  private final AwsClients clients;
  private final String queue;
  private final String dead;

  /** A server on a port of its own; after so many deliveries a message is dead. */
  QueueServer(int deliveries) {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = server.waitUntilStarted().localAddress().getPort();
    endpoint = URI.create("http://127.0.0.1:" + port);
    clients = TestAws.at(endpoint);
    dead = create("dead", Map.of());
    String arn =
        sqs()
            .getQueueAttributes(
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
                "1000"));
  }

  private String create(String name, Map<QueueAttributeName, String> attributes) {
    return sqs().createQueue(request -> request.queueName(name).attributes(attributes)).queueUrl();
  }

  URI endpoint() {
    return endpoint;
  }

  AwsClients clients() {
    return clients;
  }

  SqsClient sqs() {
    return clients.sqs();
  }

  String url() {
    return queue;
  }

  void send(String body) {
    sqs().sendMessage(request -> request.queueUrl(queue).messageBody(body));
  }

  /** As another program would. */
  List<Message> receive(int waitSeconds) {
    return sqs()
        .receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(waitSeconds))
        .messages();
  }

  int waiting() {
    return number(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  int hidden() {
    return number(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  boolean isEmpty() {
    return waiting() + hidden() == 0;
  }

  int dead() {
    return number(dead, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  private int number(String url, QueueAttributeName name) {
    return Integer.parseInt(
        sqs()
            .getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
            .attributes()
            .get(name));
  }

  @Override
  public void close() {
    clients.close();
    server.stopAndWait();
  }
}
