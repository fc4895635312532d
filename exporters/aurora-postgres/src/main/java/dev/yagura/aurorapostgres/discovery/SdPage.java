package dev.yagura.aurorapostgres.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.yagura.aws.aurora.AuroraEstate;
import dev.yagura.aws.aurora.AuroraInstance;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.page.Answer;
import dev.yagura.core.page.Page;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All instances that are known, in the form of Prometheus' {@code http_sd_configs}. Nothing is
 * asked for it. Until every account and region has answered once it is a 503, so that Prometheus
 * keeps the list that it has.
 */
final class SdPage {
  static final String PATH = "/sd/aurora";

  private static final String REFRESH = "X-Prometheus-Refresh-Interval-Seconds";
  private static final String REFRESH_SECONDS = "60";
  private static final String META = "__meta_aurora_";
  private static final JsonFactory JSON = new JsonFactory();

  private SdPage() {}

  static Page of(Discovery discovery) {
    return new Page(
        PATH, Optional.of("Aurora instances for http_sd"), parameters -> answer(discovery.known()));
  }

  private static Answer answer(Discovery.Known known) throws IOException {
    if (!known.missing().isEmpty()) {
      return Answer.text(
              503, "no list yet: no answer for " + String.join(", ", known.missing()) + "; see /\n")
          .with("Retry-After", "10");
    }
    return new Answer(200, "application/json", Map.of(REFRESH, REFRESH_SECONDS), list(known));
  }

  private static String list(Discovery.Known known) throws IOException {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartArray();
      for (Map.Entry<AwsPlace, AuroraEstate> each : known.estates().entrySet()) {
        Map<String, String> names = known.targetNames().getOrDefault(each.getKey(), Map.of());
        for (AuroraInstance instance : each.getValue().instances()) {
          if (instance.endpoint() != null) {
            write(json, each.getKey(), each.getValue(), instance, names.get(instance.id()));
          }
        }
      }
      json.writeEndArray();
    }
    return out.append('\n').toString();
  }

  private static void write(
      JsonGenerator json,
      AwsPlace place,
      AuroraEstate estate,
      AuroraInstance instance,
      @Nullable String target)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("targets");
    json.writeString(String.valueOf(instance.endpoint()));
    json.writeEndArray();
    json.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : labels(place, estate, instance, target).entrySet()) {
      json.writeStringField(META + label.getKey(), label.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static Map<String, String> labels(
      AwsPlace place, AuroraEstate estate, AuroraInstance instance, @Nullable String target) {
    Map<String, String> labels = new TreeMap<>();
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
    tags.forEach((key, value) -> labels.put("tag_" + labelName(key), value));
    return labels;
  }

  /** As Prometheus does it: what cannot be in the name of a label is an underscore. */
  private static String labelName(String key) {
    return key.replaceAll("[^a-zA-Z0-9_]", "_");
  }
}
