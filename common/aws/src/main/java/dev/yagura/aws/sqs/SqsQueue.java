package dev.yagura.aws.sqs;

import dev.yagura.aws.client.AwsFailures;
import dev.yagura.core.scrape.ScrapeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** The calls that are made to one queue of SQS. */
public record SqsQueue(Supplier<SqsClient> client, String url) {
  /** The most that one call takes or gives. */
  public static final int BATCH = 10;

  /**
   * Waits for messages, at most {@link #BATCH}; none if none came.
   *
   * @param visibility how long nobody else is given them
   */
  public List<Message> receive(int most, Duration wait, Duration visibility)
      throws ScrapeException, InterruptedException {
    try {
      return client
          .get()
          .receiveMessage(
              request ->
                  request
                      .queueUrl(url)
                      .maxNumberOfMessages(most)
                      .waitTimeSeconds(Math.toIntExact(wait.toSeconds()))
                      .visibilityTimeout(Math.toIntExact(visibility.toSeconds())))
          .messages();
    } catch (SdkException e) {
      throw AwsFailures.looking(e, "receive from the queue " + name());
    }
  }

  /** Deletes messages; one that it does not delete comes again. */
  public void delete(Collection<String> receipts) throws SdkException {
    inBatches(
        receipts,
        batch ->
            client
                .get()
                .deleteMessageBatch(
                    request -> request.queueUrl(url).entries(entries(batch, SqsQueue::deletion))));
  }

  /** From now on, nobody is given these messages for this time; zero gives them back. */
  public void hide(Collection<String> receipts, Duration visibility) throws SdkException {
    int seconds = Math.toIntExact(visibility.toSeconds());
    inBatches(
        receipts,
        batch ->
            client
                .get()
                .changeMessageVisibilityBatch(
                    request ->
                        request
                            .queueUrl(url)
                            .entries(entries(batch, one -> hiding(one, seconds)))));
  }

  /** What stands last in its address. */
  public String name() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private record Numbered(String id, String receipt) {}

  private static DeleteMessageBatchRequestEntry deletion(Numbered one) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(one.id())
        .receiptHandle(one.receipt())
        .build();
  }

  private static ChangeMessageVisibilityBatchRequestEntry hiding(Numbered one, int seconds) {
    return ChangeMessageVisibilityBatchRequestEntry.builder()
        .id(one.id())
        .receiptHandle(one.receipt())
        .visibilityTimeout(seconds)
        .build();
  }

  private static <T> List<T> entries(List<String> receipts, Function<Numbered, T> make) {
    List<T> entries = new ArrayList<>();
    for (String receipt : receipts) {
      entries.add(make.apply(new Numbered("m" + entries.size(), receipt)));
    }
    return entries;
  }

  private static void inBatches(Collection<String> receipts, Consumer<List<String>> call) {
    List<String> all = List.copyOf(receipts);
    for (int from = 0; from < all.size(); from += BATCH) {
      call.accept(all.subList(from, Math.min(from + BATCH, all.size())));
    }
  }
}
