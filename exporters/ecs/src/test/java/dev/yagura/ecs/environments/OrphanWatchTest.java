package dev.yagura.ecs.environments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrphanWatchTest {
  private static final OrphanKind KIND = OrphanKind.TARGET_GROUP_WITHOUT_RULE;
  private static final Orphan ORPHAN = new Orphan(KIND, "", "targetgroup/a/1");
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LATER = FIRST.plusSeconds(60);
  private static final Instant LAST = LATER.plusSeconds(60);

  private final OrphanWatch watch = new OrphanWatch();

  @Test
  void anOrphanIsOneSinceItWasFirstSeen() {
    watch.see(Map.of(KIND, List.of(ORPHAN)), FIRST);
    watch.see(Map.of(KIND, List.of(ORPHAN)), LATER);

    assertThat(watch.since(ORPHAN, LATER)).isEqualTo(FIRST);
  }

  @Test
  void oneThatWasNoneForAWhileBeginsAgain() {
    watch.see(Map.of(KIND, List.of(ORPHAN)), FIRST);
    watch.see(Map.of(KIND, List.of()), LATER);
    watch.see(Map.of(KIND, List.of(ORPHAN)), LAST);

    assertThat(watch.since(ORPHAN, LAST)).isEqualTo(LAST);
  }

  @Test
  void aWhileInWhichItCannotBeToldChangesNothing() {
    watch.see(Map.of(KIND, List.of(ORPHAN)), FIRST);
    watch.see(Map.of(), LATER);
    watch.see(Map.of(KIND, List.of(ORPHAN)), LAST);

    assertThat(watch.since(ORPHAN, LAST)).isEqualTo(FIRST);
  }

  @Test
  void aTagThatIsReadLaterDoesNotMakeItYounger() {
    watch.see(Map.of(KIND, List.of(ORPHAN)), FIRST);
    Orphan named = new Orphan(KIND, "a", ORPHAN.resource());
    watch.see(Map.of(KIND, List.of(named)), LATER);

    assertThat(watch.since(named, LATER)).isEqualTo(FIRST);
  }
}
