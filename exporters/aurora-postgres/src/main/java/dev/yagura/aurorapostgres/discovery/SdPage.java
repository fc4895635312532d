package dev.yagura.aurorapostgres.discovery;

import dev.yagura.aws.aurora.AuroraEstate;
import dev.yagura.aws.aurora.AuroraInstance;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.page.Answer;
import dev.yagura.core.page.HttpSd;
import dev.yagura.core.page.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All instances that are known, in the form of Prometheus' {@code http_sd_configs}. Nothing is
 * asked for it. Until every account and region has answered once it is a 503, so that Prometheus
 * keeps the list that it has.
 */
final class SdPage {
  static final String PATH = "/sd/aurora";

  private static final Duration REFRESH = Duration.ofMinutes(1);
  private static final String META = "__meta_aurora_";

  private SdPage() {}

  static Page of(Discovery discovery) {
    return new Page(
        PATH, Optional.of("Aurora instances for http_sd"), parameters -> answer(discovery.known()));
  }

  private static Answer answer(Discovery.Known known) {
    return known.missing().isEmpty()
        ? HttpSd.list(list(known), REFRESH)
        : HttpSd.none("no answer for " + String.join(", ", known.missing()));
  }

  private static List<HttpSd.Target> list(Discovery.Known known) {
    List<HttpSd.Target> list = new ArrayList<>();
    for (Map.Entry<AwsPlace, AuroraEstate> each : known.estates().entrySet()) {
      Map<String, String> names = known.targetNames().getOrDefault(each.getKey(), Map.of());
      for (AuroraInstance instance : each.getValue().instances()) {
        if (instance.endpoint() != null) {
          Map<String, String> labels =
              labels(each.getKey(), each.getValue(), instance, names.get(instance.id()));
          list.add(new HttpSd.Target(String.valueOf(instance.endpoint()), labels));
        }
      }
    }
    return list;
  }

  private static Map<String, String> labels(
      AwsPlace place, AuroraEstate estate, AuroraInstance instance, @Nullable String target) {
    Map<String, String> labels = new HashMap<>();
    labels.put("account", place.account().name());
    labels.put("region", place.region());
    labels.put("cluster", instance.clusterId());
    labels.put("instance", instance.id());
    labels.put("resource_id", instance.resourceId());
    labels.put("engine_version", instance.engineVersion());
    labels.put("instance_class", instance.instanceClass());
    labels.put("status", instance.status());
    if (instance.zone() != null) {
      labels.put("zone", instance.zone());
    }
    if (instance.role() != null) {
      labels.put("role", instance.role().label());
    }
    if (target != null) {
      labels.put("target", target);
    }
    Map<String, String> tags = new HashMap<>();
    estate.clusterOf(instance).ifPresent(cluster -> tags.putAll(cluster.tags()));
    tags.putAll(instance.tags());
    tags.forEach((key, value) -> labels.put("tag_" + HttpSd.labelName(key), value));
    Map<String, String> named = new HashMap<>();
    labels.forEach((name, value) -> named.put(META + name, value));
    return named;
  }
}
