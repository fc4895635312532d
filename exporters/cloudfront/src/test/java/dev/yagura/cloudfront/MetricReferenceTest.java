package dev.yagura.cloudfront;

import dev.yagura.cloudfront.distributions.Discovery;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.MetricTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics/cloudfront.md} is what the exporter declares. */
class MetricReferenceTest {
  @Test
  void thePageListsWhatIsDeclared() {
    String page =
        """
        # Metrics of cloudfront

        Generated from the exporter by `make golden`; CI fails if it is stale. What the columns of the
        logs mean, and how to query objects, is in [cloudfront.md](../cloudfront.md).

        ## Distributions

        """
            + MetricTable.of(TotalFamilies.families())
            + "## Objects\n\n"
            + MetricTable.of(ObjectFamilies.families())
            + "## Logs\n\n"
            + MetricTable.of(LogFamilies.families())
            + "## Discovered distributions\n\n"
            + "With `cloudfront.discovery`; all carry the label `account` too.\n\n"
            + MetricTable.of(Discovery.families()).stripTrailing()
            + "\n";
    Goldens.in(Path.of("../../docs/metrics")).assertFileMatches("cloudfront.md", page);
  }
}
