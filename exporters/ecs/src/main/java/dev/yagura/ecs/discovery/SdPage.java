package dev.yagura.ecs.discovery;

import dev.yagura.core.page.Answer;
import dev.yagura.core.page.HttpSd;
import dev.yagura.core.page.Page;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All targets that are known, in the form of Prometheus' {@code http_sd_configs}. Nothing is asked
 * for it. Until every account and region has a list, or was waited for in vain, it is a 503, so
 * that Prometheus keeps the list that it has.
 */
public final class SdPage {
  /** Where it is. */
  public static final String PATH = "/sd/ecs";

  private SdPage() {}

  /**
   * The page.
   *
   * @param state is asked at each request
   * @param refresh when Prometheus is to ask again
   */
  public static Page of(Supplier<TargetLists.State> state, Duration refresh) {
    return new Page(
        PATH, Optional.of("ECS targets for http_sd"), parameters -> answer(state.get(), refresh));
  }

  private static Answer answer(TargetLists.State state, Duration refresh) {
    return state.missing().isEmpty()
        ? HttpSd.list(
            state.targets().stream()
                .map(target -> new HttpSd.Target(target.address(), target.labels()))
                .toList(),
            refresh)
        : HttpSd.none("no answer for " + String.join(", ", state.missing()));
  }
}
