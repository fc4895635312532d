package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.ecs.inventory.Inventory;
import dev.yagura.ecs.loadbalancers.LatestLoadBalancing;
import dev.yagura.ecs.loadbalancers.Views;
import dev.yagura.testing.Expositions;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentsScraperTest {
  private final FakeClock clock = FakeClock.at(Views.NOW);
  private final Inventory inventory = new Inventory(Duration.ofMinutes(10), clock);

  private EnvironmentsScraper scraper(LatestLoadBalancing latest) {
    return new EnvironmentsScraper(
        Joined.config(500), latest, inventory, clock, EnvironmentsScraper.MAX_ORPHANS);
  }

  private ParsedExposition scraped(Views views) throws Exception {
    Snapshot snapshot =
        scraper(views.latest()).scrape(Deadline.after(Duration.ofSeconds(1), clock));
    return Expositions.parse(
        Expositions.render(List.of(Samples.of(List.of(snapshot), ConstantLabels.none()))));
  }

  @Test
  void howManyThereAreIsNotKnownWhileAnyRulesAreNot() throws Exception {
    var views = Views.of().route("web", 1, "a.dev.example.com", "a");

    assertThat(scraped(views).value("ecs_environments")).hasValue(1);
    assertThat(scraped(views.unread("other")).samples("ecs_environments")).isEmpty();
    assertThat(scraped(views).samples("ecs_environment_info")).hasSize(1);
  }

  @Test
  void howManyThereAreIsNotKnownWhileATagThatMayNameOneIsNot() throws Exception {
    var views =
        Views.of()
            .route("web", 1, "a.dev.example.com", "a")
            .untagged(Views.rule("web", 1))
            .untagged(Views.group("a"));
    assertThat(scraped(views).value("ecs_environments")).as("its host names it").hasValue(1);
    inventory.clusters(Set.of(), false);
    views.route("web", 2, "x.example.com", "x");
    assertThat(scraped(views).value("ecs_environments")).as("no tag names it").hasValue(1);
    views.untagged(Views.rule("web", 2));

    assertThat(scraped(views).samples("ecs_environments")).isEmpty();
    assertThat(scraped(views).samples("ecs_environment_up")).isEmpty();
    assertThat(scraped(views).samples("ecs_environment_info")).hasSize(1);
    assertThat(scraped(views).samples("ecs_environment_orphans"))
        .extracting(sample -> sample.label("kind"))
        .containsExactly("target_group_without_rule", "service_without_rule");
  }

  @Test
  void withoutLoadBalancersNothingIsJoined() throws Exception {
    var scraper = scraper(new LatestLoadBalancing());

    assertThat(scraper.scrape(Deadline.after(Duration.ofSeconds(1), clock)).isEmpty()).isTrue();
  }
}
