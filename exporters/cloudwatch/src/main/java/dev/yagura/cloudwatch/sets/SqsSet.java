package dev.yagura.cloudwatch.sets;

import static dev.yagura.aws.budget.Importance.ESSENTIAL;
import static dev.yagura.aws.budget.Importance.USEFUL;

import dev.yagura.aws.cloudwatch.MetricSet;
import dev.yagura.aws.cloudwatch.MetricSpec;
import dev.yagura.aws.cloudwatch.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The queues of SQS that were used in the last hours; idle ones publish nothing. */
final class SqsSet {
  private static final ResourceKind QUEUE =
      ResourceKind.of(
          Map.of("QueueName", "queue"),
          new MetricSpec(
              "ApproximateAgeOfOldestMessage",
              "Maximum",
              "aws_sqs_oldest_message_age_seconds",
              "Highest age of the oldest message that is not deleted, in seconds",
              Scale.NONE,
              ESSENTIAL),
          new MetricSpec(
              "ApproximateNumberOfMessagesVisible",
              "Maximum",
              "aws_sqs_messages_visible",
              "Most messages that wait to be received at a time",
              Scale.NONE,
              ESSENTIAL),
          new MetricSpec(
              "ApproximateNumberOfMessagesNotVisible",
              "Maximum",
              "aws_sqs_messages_in_flight",
              "Most messages that were received and are not deleted at a time",
              Scale.NONE,
              USEFUL),
          new MetricSpec(
              "NumberOfMessagesSent",
              "Sum",
              "aws_sqs_messages_sent_total",
              "Messages that were added",
              Scale.NONE,
              ESSENTIAL),
          new MetricSpec(
              "NumberOfMessagesDeleted",
              "Sum",
              "aws_sqs_messages_deleted_total",
              "Messages that were deleted, which is done once they are worked off",
              Scale.NONE,
              ESSENTIAL));

  static final MetricSet SET =
      new MetricSet(
          "sqs",
          "AWS/SQS",
          Optional.empty(),
          Duration.ofMinutes(2),
          CuratedSets.INTERVAL,
          List.of(QUEUE));

  private SqsSet() {}
}
