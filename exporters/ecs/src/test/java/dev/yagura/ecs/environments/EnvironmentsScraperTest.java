package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.loadbalancers.LatestLoadBalancing;
import dev.yagura.ecs.loadbalancers.Views;
import dev.yagura.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EnvironmentsScraperTest {
  private final FakeClock clock = FakeClock.at(Views.NOW);

  @Test
  void withoutLoadBalancersNothingIsJoined() {
    var scraper =
        new EnvironmentsScraper(
            Joined.NAMES,
            new LatestLoadBalancing(),
            new Inventory(Duration.ofMinutes(10), clock),
            clock,
            500,
            EnvironmentsScraper.MAX_ORPHANS);

    assertThatThrownBy(() -> scraper.scrape(Deadline.after(Duration.ofSeconds(1), clock)))
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.UNREACHABLE))
        .hasMessage("the load balancers are not known yet");
  }
}
