package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.scrape.Deadline;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.loadbalancers.LatestLoadBalancing;
import dev.yagura.ecs.loadbalancers.Views;
import dev.yagura.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EnvironmentsScraperTest {
  private final FakeClock clock = FakeClock.at(Views.NOW);

  @Test
  void withoutLoadBalancersNothingIsJoined() throws Exception {
    var scraper =
        new EnvironmentsScraper(
            Joined.config(500),
            new LatestLoadBalancing(),
            new Inventory(Duration.ofMinutes(10), clock),
            clock,
            EnvironmentsScraper.MAX_ORPHANS);

    assertThat(scraper.scrape(Deadline.after(Duration.ofSeconds(1), clock)).isEmpty()).isTrue();
  }
}
