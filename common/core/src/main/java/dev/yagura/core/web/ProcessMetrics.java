package dev.yagura.core.web;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.RegistrySnapshot;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.suite.ReloadStatus;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the process says of itself: build, configuration, JVM and operating system. */
public final class ProcessMetrics implements Supplier<Samples> {
  private record Build(String version, String java) {}

  private static final List<Family<Build>> BUILD =
      List.of(
          Family.<Build>info(
                  "yagura_build_info", "The version of Yagura and of the Java it runs on.")
              .labels(
                  LabelSet.<Build>of("version", Build::version).and("java_version", Build::java)));

  private static final List<Family<ReloadStatus>> RELOAD =
      List.of(
          Family.gauge(
              "yagura_config_last_reload_successful",
              "Whether the newest attempt to load the configuration was accepted (1) or not (0).",
              status -> status.successful() ? 1 : 0),
          Family.gauge(
              "yagura_config_last_reload_success_timestamp_seconds",
              "When the configuration that runs was loaded, as a Unix time in seconds.",
              status -> status.lastSuccess().toEpochMilli() / 1000.0));

  private final Build build;
  private final Supplier<ReloadStatus> reload;
  private @Nullable PrometheusRegistry registry;

  /** The metrics of this process. */
  public ProcessMetrics(String version, Supplier<ReloadStatus> reload) {
    this.build = new Build(version, Runtime.version().toString());
    this.reload = reload;
  }

  @Override
  public Samples get() {
    return Samples.join(
        RegistrySnapshot.of(jvm()),
        Samples.of(
            List.of(Snapshot.of(BUILD, build), Snapshot.of(RELOAD, reload.get())),
            ConstantLabels.none()));
  }

  /** Made at the first scrape, not at start: nobody waits for it in vain. */
  private synchronized PrometheusRegistry jvm() {
    PrometheusRegistry made = registry;
    if (made == null) {
      made = new PrometheusRegistry();
      JvmMetrics.builder().register(made);
      registry = made;
    }
    return made;
  }

  /** Everything but the JVM's, whose names are client_java's. */
  public static List<Family<?>> families() {
    var all = new ArrayList<Family<?>>(BUILD);
    all.addAll(RELOAD);
    all.addAll(MetricsRoute.families());
    return all;
  }
}
