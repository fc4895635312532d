package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.yagura.core.config.Glob;
import dev.yagura.ecs.loadbalancers.Rule.Forward;
import dev.yagura.ecs.loadbalancers.Views;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentJoinTest {
  private static final String A = "a.dev.example.com";
  private static final String B = "b.dev.example.com";

  private static Forward to(String group, int weight) {
    return new Forward(Views.group(group), weight);
  }

  @Test
  void aHostLeadsOverItsGroupToTheService() {
    var joined =
        Joined.of(
            Views.of().route("web", 10, A, "a").targets("a", "web").health("a", "healthy"),
            Services.of("shop-a", 2, "a"));

    assertThat(joined.paths())
        .containsExactly(
            new EnvironmentPath(
                "a",
                A,
                "app/web/50dc6c495c0c9188",
                "https:443",
                10,
                "targetgroup/a/73e2d6bc24d8a067",
                "dev",
                "shop-a"));
    assertThat(joined.environment("a").tasks(service -> service.running())).isEqualTo(2);
    assertThat(joined.environment("a").createdAt()).isEqualTo(Services.CREATED);
    assertThat(joined.up("a")).contains(true);
  }

  @Test
  void ofFiveHostsOfARuleTheTwoThatMatchAreShown() {
    var joined =
        Joined.of(
            Views.of()
                .route(
                    "web",
                    10,
                    List.of("www.example.com", A, "*.example.com", "A2.dev.example.com", "x"),
                    to("a", 1)));

    assertThat(joined.paths())
        .extracting(EnvironmentPath::environment, EnvironmentPath::host)
        .containsExactly(tuple("a", A), tuple("a2", "A2.dev.example.com"));
  }

  @Test
  void twoRulesForOneHostAreOneEnvironmentThatIsUpWhenBothAre() {
    var views =
        Views.of()
            .route("web", 10, A, "front")
            .route("web", 11, A, "api")
            .health("front", "healthy")
            .health("api", "unhealthy");

    assertThat(Joined.of(views).names()).containsExactly("a");
    assertThat(Joined.of(views).paths()).hasSize(2);
    assertThat(Joined.of(views).up("a")).contains(false);
    assertThat(Joined.of(views.health("api", "healthy", "draining")).up("a")).contains(true);
  }

  @Test
  void eachGroupThatGetsAShareMustHaveAHealthyTarget() {
    var views =
        Views.of()
            .route("web", 10, List.of(A), to("blue", 90), to("green", 10))
            .health("blue", "healthy")
            .health("green", "unhealthy");

    assertThat(Joined.of(views).up("a")).contains(false);
  }

  @Test
  void aGroupOfWeightZeroMayBeSick() {
    var views =
        Views.of()
            .route("web", 10, List.of(A), to("blue", 1), to("green", 0))
            .health("blue", "healthy")
            .health("green", "unhealthy");

    assertThat(Joined.of(views).up("a")).contains(true);
    assertThat(Joined.of(views).environment("a").targets(views.view(), Views.NOW).orElseThrow())
        .as("but its targets are the environment's")
        .hasSize(2);
  }

  @Test
  void aGroupAloneGetsAllRequestsWhateverItsWeight() {
    var views = Views.of().route("web", 10, List.of(A), to("blue", 0)).health("blue", "healthy");

    assertThat(Joined.of(views).up("a")).contains(true);
  }

  @Test
  void whereNoGroupGetsAShareItIsNotUp() {
    var views =
        Views.of()
            .route("web", 10, List.of(A), to("blue", 0), to("green", 0))
            .health("blue", "healthy")
            .health("green", "healthy");

    assertThat(Joined.of(views).up("a")).contains(false);
  }

  @Test
  void aRedirectMakesNoEnvironmentAndTakesNoneDown() {
    var views =
        Views.of().route("web", 10, A, "a").route("web", 11, List.of(A, B)).health("a", "healthy");

    assertThat(Joined.of(views).names()).containsExactly("a");
    assertThat(Joined.of(views).up("a")).contains(true);
  }

  @Test
  void theDefaultRuleMakesNoEnvironment() {
    assertThat(Joined.of(Views.of().route("web", null, List.of(A), to("a", 1))).names()).isEmpty();
  }

  @Test
  void healthThatIsNotKnownIsNeitherUpNorDown() {
    var views =
        Views.of()
            .route("web", 10, List.of(A), to("blue", 1), to("green", 1))
            .health("blue", "healthy");

    assertThat(Joined.of(views).up("a")).isEmpty();
    assertThat(Joined.of(views).environment("a").targets(views.view(), Views.NOW)).isEmpty();
    assertThat(Joined.of(views.health("green", Duration.ofMinutes(11), "healthy")).up("a"))
        .as("too old")
        .isEmpty();
  }

  @Test
  void oneGroupThatIsKnownToBeDownIsEnough() {
    var views =
        Views.of()
            .route("web", 10, List.of(A), to("unread", 1), to("sick", 1))
            .health("sick", "unhealthy");

    assertThat(Joined.of(views).up("a")).contains(false);
  }

  @Test
  void aRuleThatWasNotReadMayTakeAnEnvironmentDownButNotUp() {
    var views =
        Views.of().route("web", 10, A, "a").targets("a", "web").health("a", "healthy").unread("v2");
    var joined = Joined.of(views, Services.of("shop", 1, "a"));

    assertThat(joined.up("a")).isEmpty();
    assertThat(joined.environment("a").tasks(service -> service.running())).isNull();
    assertThat(joined.environment("a").createdAt()).isNull();
    assertThat(joined.environment("a").targets(joined.view, Views.NOW)).isEmpty();
    assertThat(Joined.of(views.health("a", "unhealthy")).up("a")).contains(false);
  }

  @Test
  void rulesOfALoadBalancerThatLeadsToNoEnvironmentNeedNotBeRead() {
    var view = Views.of().route("dev-web", 10, A, "a").health("a", "healthy").unread("prod").view();
    var config = new EnvironmentsConfig(Joined.NAMES, List.of(new Glob("dev-*")), 500);
    var join = new EnvironmentJoin(view, new ServicesByGroup(List.of()), true, config);

    assertThat(join.environments())
        .singleElement()
        .satisfies(each -> assertThat(each.isUp(view, Views.NOW)).contains(true));
  }

  @Test
  void itIsAsOldAsItsFirstServiceIfAllAreKnown() {
    var views = Views.of().route("web", 1, A, "front").route("web", 2, A, "api");
    var older = Services.createdAt("f", Services.CREATED.minusSeconds(9), "front");

    assertThat(Joined.of(views, Services.of("b", 1, "api"), older).environment("a").createdAt())
        .isEqualTo(Services.CREATED.minusSeconds(9));
    assertThat(Joined.withSome(views, older).environment("a").createdAt())
        .as("there may be others")
        .isNull();
    assertThat(
            Joined.of(views, older, Services.createdAt("b", null, "api"))
                .environment("a")
                .createdAt())
        .as("of one ECS does not say")
        .isNull();
  }

  @Test
  void whereNoHostTellsATagOfTheRuleOfTheGroupOrOfTheServiceDoes() {
    var joined =
        Joined.of(
            Views.of()
                .route("web", 1, "x.example.com", "x")
                .route("web", 2, "y.example.com", "y")
                .route("web", 3, "z.example.com", "z")
                .route("web", 4, "none.example.com", "none")
                .tag(Views.rule("web", 1), "environment", "of-rule")
                .tag(Views.group("x"), "environment", "not-this")
                .tag(Views.group("y"), "environment", "of-group"),
            Services.tagged("z", "z", "environment", "of-service"));

    assertThat(joined.names()).containsExactly("of-group", "of-rule", "of-service");
    assertThat(joined.paths())
        .filteredOn(path -> path.environment().equals("of-rule"))
        .extracting(EnvironmentPath::host)
        .containsExactly("x.example.com");
  }

  @Test
  void aHostTellsBeforeATag() {
    var joined =
        Joined.of(
            Views.of().route("web", 1, A, "a").tag(Views.rule("web", 1), "environment", "other"));

    assertThat(joined.names()).containsExactly("a");
  }

  @Test
  void tasksOfAllServicesAreAddedAndUnknownOnesLeaveNoSum() {
    var views = Views.of().route("web", 1, A, "front").route("web", 2, A, "api");

    assertThat(
            Joined.of(views, Services.of("f", 2, "front"), Services.of("b", 3, "api"))
                .environment("a")
                .tasks(service -> service.desired()))
        .isEqualTo(5);
    assertThat(
            Joined.of(views, Services.of("f", 2, "front"), Services.of("b", null, "api"))
                .environment("a")
                .tasks(service -> service.desired()))
        .isNull();
    assertThat(
            Joined.withSome(views, Services.of("f", 2, "front"))
                .environment("a")
                .tasks(service -> service.desired()))
        .as("there may be others")
        .isNull();
    assertThat(Joined.of(views).environment("a").tasks(service -> service.desired()))
        .as("no service is not no tasks")
        .isNull();
  }

  @Test
  void oneServiceBehindTwoRulesCountsOnce() {
    var joined =
        Joined.of(
            Views.of().route("web", 1, A, "a").route("web", 2, A, "a").health("a", "healthy"),
            Services.of("shop", 2, "a"));

    assertThat(joined.environment("a").tasks(service -> service.desired())).isEqualTo(2);
    assertThat(joined.environment("a").targets(joined.view, Views.NOW).orElseThrow()).hasSize(1);
  }

  @Test
  void aRuleThatIsDeletedTakesItsEnvironmentWithIt() {
    assertThat(Joined.of(Views.of().targets("a"), Services.of("shop", 1, "a")).names()).isEmpty();
  }
}
