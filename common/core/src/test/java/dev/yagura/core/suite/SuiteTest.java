package dev.yagura.core.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.core.config.ConfigException;
import dev.yagura.core.config.ConfigFile;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Exporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SuiteTest {
  private final Trace old = new Trace("old");
  private final Trace fresh = new Trace("fresh");
  private final List<Exporter> next = new ArrayList<>(List.of(old));
  private boolean refused;
  private Instant now = Instant.EPOCH;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private List<Exporter> load() throws ConfigException {
    if (refused) {
      ConfigFile.parse("yagura.yml", "unknown: 1", Map.of(), root -> "");
    }
    return next;
  }

  private Suite suite() throws ConfigException {
    return new Suite(status -> load(), clock);
  }

  private static List<String> names(Suite suite) {
    return suite.use(exporters -> exporters.stream().map(Exporter::name).toList());
  }

  @Test
  void aReloadPutsTheNewInPlaceAndClosesTheOldOnce() throws ConfigException {
    Suite suite = suite();
    next.set(0, fresh);
    now = Instant.ofEpochSecond(5);
    suite.reload();
    assertThat(names(suite)).containsExactly("fresh");
    assertThat(old.closed).hasValue(1);
    assertThat(fresh.closed).hasValue(0);
    assertThat(suite.status()).isEqualTo(new ReloadStatus(true, now));
    suite.close();
    assertThat(fresh.closed).hasValue(1);
    assertThat(old.closed).hasValue(1);
    assertThat(names(suite)).isEmpty();
  }

  @Test
  void whatARunningScrapeUsesIsClosedWhenItHasEnded() throws Exception {
    Suite suite = suite();
    var using = new CountDownLatch(2);
    var end = new CountDownLatch(1);
    List<CompletableFuture<Integer>> scrapes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      scrapes.add(
          CompletableFuture.supplyAsync(
              () ->
                  suite.use(
                      exporters -> {
                        using.countDown();
                        try {
                          end.await();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        return old.closed.get();
                      })));
    }
    using.await();
    next.set(0, fresh);
    suite.reload();
    assertThat(names(suite)).containsExactly("fresh");
    assertThat(old.closed).hasValue(0);
    end.countDown();
    assertThat(scrapes).allSatisfy(scrape -> assertThat(scrape.get()).isZero());
    assertThat(old.closed).hasValue(1);
  }

  @Test
  void aScrapeThatBreaksLetsGoOfWhatItUsed() throws ConfigException {
    Suite suite = suite();
    assertThatThrownBy(
            () ->
                suite.use(
                    exporters -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    next.set(0, fresh);
    suite.reload();
    assertThat(old.closed).hasValue(1);
  }

  @Test
  void aRefusedReloadKeepsTheOldAndSaysSo() throws ConfigException {
    Suite suite = suite();
    refused = true;
    now = Instant.ofEpochSecond(5);
    assertThatThrownBy(suite::reload).isInstanceOf(ConfigException.class);
    assertThat(names(suite)).containsExactly("old");
    assertThat(old.closed).hasValue(0);
    assertThat(suite.status()).isEqualTo(new ReloadStatus(false, Instant.EPOCH));
    refused = false;
    suite.reload();
    assertThat(suite.status()).isEqualTo(new ReloadStatus(true, now));
  }

  @Test
  void oneNameDeclaredInTwoWaysIsRefusedAndNothingIsLeftRunning() throws ConfigException {
    Suite suite = suite();
    var first = new Trace("first", Family.gauge("g", "Help.", row -> 1));
    for (Family<?> other :
        List.of(
            Family.<Integer>counter("g", "Help.", row -> 1),
            Family.<Integer>gauge("g", "Other help.", row -> 1))) {
      var second = new Trace("second", other);
      next.clear();
      next.addAll(List.of(first, second));
      assertThatThrownBy(suite::reload).hasMessageContaining("declared differently");
      assertThat(second.closed).hasValue(1);
      assertThat(names(suite)).containsExactly("old");
      assertThat(suite.status().successful()).isFalse();
    }
    assertThat(first.closed).hasValue(2);
    assertThatThrownBy(this::suite).hasMessageContaining("declared differently");
    assertThat(first.closed).hasValue(3);
  }

  @Test
  void oneNameDeclaredAlikeIsSharedByExporters() throws ConfigException {
    next.add(new Trace("second", Family.<Integer>gauge("g", "Help.", row -> 1)));
    next.add(new Trace("third", Family.<Integer>gauge("g", "Help.", row -> 2)));
    assertThat(names(suite())).containsExactly("old", "second", "third");
  }

  @Test
  void anExporterThatCannotBeClosedLeavesTheOthersToBeClosed() throws ConfigException {
    next.add(0, new Trace("unclosable"));
    Suite suite = suite();
    suite.close();
    assertThat(old.closed).hasValue(1);
  }

  @Test
  void scrapesGoOnWhileAConfigurationIsLoaded() throws Exception {
    var loading = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var calls = new AtomicInteger();
    var suite =
        new Suite(
            status -> {
              if (calls.getAndIncrement() > 0) {
                loading.countDown();
                try {
                  go.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
              return next;
            },
            clock);
    var reload =
        CompletableFuture.runAsync(
            () -> {
              try {
                suite.reload();
              } catch (ConfigException e) {
                throw new IllegalStateException(e);
              }
            });
    loading.await();
    assertThat(CompletableFuture.supplyAsync(() -> names(suite)))
        .succeedsWithin(Duration.ofSeconds(30))
        .isEqualTo(List.of("old"));
    go.countDown();
    reload.get();
  }
}
