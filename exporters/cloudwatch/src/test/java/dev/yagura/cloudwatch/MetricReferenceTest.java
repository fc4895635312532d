package dev.yagura.cloudwatch;

import dev.yagura.testing.Goldens;
import dev.yagura.testing.MetricTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics/cloudwatch.md} is what the exporter declares. */
class MetricReferenceTest {
  @Test
  void thePageListsWhatIsDeclared() throws Exception {
    String page =
        """
        # Metrics of cloudwatch

        Generated from the exporter by `make golden`; CI fails if it is stale. Every sample carries
        `account` and `region` as well. What is asked, when, and for how much, is in
        [aws.md](../aws.md).

        """
            + section("RDS and Aurora", "aws_rds_")
            + section("CloudFront", "aws_cloudfront_")
            + section("ECS", "aws_ecs_")
            + section("SQS", "aws_sqs_")
            + section("Application load balancers", "aws_alb_")
            + section("Itself", "yagura_cloudwatch_").stripTrailing()
            + "\n";
    Goldens.in(Path.of("../../docs/metrics")).assertFileMatches("cloudwatch.md", page);
  }

  private static String section(String title, String prefix) throws Exception {
    return "## " + title + "\n\n" + MetricTable.of(Declared.families(prefix));
  }
}
