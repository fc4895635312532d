package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class AwsSqsTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final SqsDouble model = bed.aws.account().sqs(Bed.REGION);
  private final SqsQueueDouble queue = model.queue("events");
  private final SqsClient client = bed.client(SqsClient.builder());

  @AfterEach
  void close() {
    bed.close();
  }

  private List<Message> receive(int most) {
    return client
        .receiveMessage(r -> r.queueUrl(queue.url()).maxNumberOfMessages(most).waitTimeSeconds(20))
        .messages();
  }

  private void delete(Message message) {
    client.deleteMessage(r -> r.queueUrl(queue.url()).receiptHandle(message.receiptHandle()));
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }

  private void sendMany(int count) {
    IntStream.range(0, count).forEach(i -> queue.send("m" + i));
  }

  @Test
  void aQueueIsFoundByItsNameAndKnownByItsAddress() {
    assertThat(queue.url()).isEqualTo("https://sqs.eu-central-1.amazonaws.com/123456789012/events");
    assertThat(client.getQueueUrl(r -> r.queueName("events")).queueUrl()).isEqualTo(queue.url());
    String elsewhere = bed.aws.endpoint() + "/123456789012/events";
    client.sendMessage(r -> r.queueUrl(elsewhere).messageBody("ö"));
    assertThat(receive(1)).extracting(Message::body).containsExactly("ö");
    assertThatThrownBy(() -> client.getQueueUrl(r -> r.queueName("unheard")))
        .isInstanceOfSatisfying(
            QueueDoesNotExistException.class,
            error ->
                assertThat(error.awsErrorDetails().errorCode())
                    .isEqualTo("AWS.SimpleQueueService.NonExistentQueue"));
  }

  @Test
  void queuesAreListedByPrefixInPages() {
    IntStream.range(0, 5).forEach(i -> model.queue("other" + i));
    assertThat(client.listQueues().queueUrls()).hasSize(6).contains(queue.url());
    assertThat(client.listQueuesPaginator(r -> r.queueNamePrefix("other").maxResults(2)))
        .hasSize(3);
  }

  @Test
  void aMessageIsHiddenWhileItIsWorkedOnAndGoneWhenItIsDeleted() {
    queue.send("one");
    Message first = receive(10).get(0);
    assertThat(receive(10)).isEmpty();
    assertThat(queue.visible()).isZero();
    assertThat(queue.hidden()).isEqualTo(1);
    bed.clock.advance(Duration.ofSeconds(30));
    assertThat(queue.visible()).isEqualTo(1);
    Message second = receive(10).get(0);
    assertThat(second.messageId()).isEqualTo(first.messageId());
    delete(first);
    assertThat(queue.isEmpty()).isFalse();
    delete(second);
    assertThat(queue.isEmpty()).isTrue();
    assertThatThrownBy(() -> delete(Message.builder().receiptHandle("#").build()))
        .isInstanceOf(ReceiptHandleIsInvalidException.class);
  }

  @Test
  void howLongAMessageIsHiddenCanBeChanged() {
    queue.send("one");
    Message message = receive(1).get(0);
    client.changeMessageVisibility(
        r -> r.queueUrl(queue.url()).receiptHandle(message.receiptHandle()).visibilityTimeout(120));
    bed.clock.advance(Duration.ofSeconds(119));
    assertThat(receive(1)).isEmpty();
    client.changeMessageVisibilityBatch(
        r ->
            r.queueUrl(queue.url())
                .entries(
                    ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id("a")
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)
                        .build()));
    assertThat(receive(1)).hasSize(1);
  }

  @Test
  void messagesComeAtMostTenAtOnceWithTheAttributesThatAreAskedFor() {
    sendMany(12);
    assertThat(receive(10)).hasSize(10).allMatch(message -> !message.hasAttributes());
    bed.clock.advance(Duration.ofSeconds(30));
    Message again =
        client
            .receiveMessage(
                r ->
                    r.queueUrl(queue.url())
                        .messageSystemAttributeNames(
                            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                            MessageSystemAttributeName.SENT_TIMESTAMP))
            .messages()
            .get(0);
    assertThat(again.attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                "2",
                MessageSystemAttributeName.SENT_TIMESTAMP,
                Long.toString(Bed.NOON.toEpochMilli())));
  }

  @Test
  void batchesAreSentAndDeletedEntryByEntry() {
    client.sendMessageBatch(
        r -> r.queueUrl(queue.url()).entries(entry("a", "one"), entry("b", "two")));
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : receive(10)) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id(message.body())
              .receiptHandle(message.receiptHandle())
              .build());
    }
    entries.add(DeleteMessageBatchRequestEntry.builder().id("bad").receiptHandle("#").build());
    DeleteMessageBatchResponse answer =
        client.deleteMessageBatch(r -> r.queueUrl(queue.url()).entries(entries));
    assertThat(answer.successful()).extracting(each -> each.id()).containsExactly("one", "two");
    assertThat(answer.failed()).extracting(each -> each.id()).containsExactly("bad");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aMessageIsForgottenAfterFourDays() {
    queue.send("one");
    bed.clock.advance(Duration.ofDays(4).minusSeconds(1));
    assertThat(queue.visible()).isEqualTo(1);
    bed.clock.advance(Duration.ofSeconds(1));
    assertThat(receive(1)).isEmpty();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void whatIsReceivedTooOftenGoesToTheDeadLetters() {
    SqsQueueDouble dead = model.queue("dead");
    queue.deadLetter(dead, 2).send("poison");
    for (int i = 0; i < 2; i++) {
      assertThat(receive(1)).hasSize(1);
      bed.clock.advance(Duration.ofSeconds(30));
    }
    assertThat(receive(1)).isEmpty();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(dead.visible()).isEqualTo(1);
  }

  @Test
  void theAttributesOfAQueueCountItsMessages() {
    queue.deadLetter(model.queue("dead"), 5).visibilityTimeout(Duration.ofMinutes(2));
    sendMany(3);
    client.sendMessage(r -> r.queueUrl(queue.url()).messageBody("late").delaySeconds(60));
    receive(1);
    Map<QueueAttributeName, String> read =
        client
            .getQueueAttributes(r -> r.queueUrl(queue.url()).attributeNames(QueueAttributeName.ALL))
            .attributes();
    assertThat(read)
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "2")
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "1")
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "1")
        .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600")
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "120")
        .containsEntry(QueueAttributeName.QUEUE_ARN, queue.arn());
    assertThat(read.get(QueueAttributeName.REDRIVE_POLICY)).contains(model.queue("dead").arn());
    assertThat(
            client
                .getQueueAttributes(
                    r -> r.queueUrl(queue.url()).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes())
        .containsOnlyKeys(QueueAttributeName.QUEUE_ARN);
  }

  @Test
  void shuffledMessagesComeAllButInAnotherOrder() {
    sendMany(10);
    queue.shuffle(7);
    List<String> sent = IntStream.range(0, 10).mapToObj(i -> "m" + i).toList();
    assertThat(receive(10))
        .extracting(Message::body)
        .containsExactlyInAnyOrderElementsOf(sent)
        .isNotEqualTo(sent);
  }

  @Test
  void whatIsDuplicatedComesTwiceAlthoughItWasDeleted() {
    queue.duplicate();
    assertThat(receive(10)).isEmpty();
    sendMany(2);
    List<Message> first = receive(10);
    first.forEach(this::delete);
    List<Message> second = receive(10);
    assertThat(second)
        .extracting(Message::messageId)
        .isEqualTo(first.stream().map(Message::messageId).toList());
    second.forEach(this::delete);
    assertThat(queue.isEmpty()).isTrue();
  }
}
