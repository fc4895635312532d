package dev.yagura.cloudwatch.tags;

import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.Pages;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.LabelSet;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;

/**
 * The tags of the resources of some sets, of those keys that are allowed. They stand on an info
 * family to join with: a tag that changes then begins one new series and not one of each metric.
 */
public final class TagsScraper implements Scraper {
  /** The label {@code scraper}. */
  public static final String NAME = "tags";

  private static final String ACTION = "tag:GetResources";
  private static final int PAGE = 100;

  private record Tagged(Map<String, String> labels, Map<String, String> tags) {}

  private final ResourceGroupsTaggingApiClient client;
  private final Map<TaggedKind, List<Family<Tagged>>> families = new EnumMap<>(TaggedKind.class);

  /**
   * Asks in this place.
   *
   * @param sets names of the sets whose resources are looked at
   * @param keys of tags that become labels
   */
  public TagsScraper(AwsPlace place, Set<String> sets, List<String> keys) {
    this.client = place.client(ResourceGroupsTaggingApiClient.builder());
    for (TaggedKind kind : TaggedKind.values()) {
      if (sets.contains(kind.set())) {
        families.put(kind, List.of(family(kind, keys)));
      }
    }
  }

  /** Whether any of these sets has resources with tags. */
  public static boolean hasAny(Set<String> sets) {
    return Arrays.stream(TaggedKind.values()).anyMatch(kind -> sets.contains(kind.set()));
  }

  private static Family<Tagged> family(TaggedKind kind, List<String> keys) {
    LabelSet<Tagged> labels = LabelSet.none();
    for (String label : kind.labels()) {
      labels = labels.and(label, row -> row.labels().get(label));
    }
    for (String key : keys) {
      labels = labels.and(TagLabels.label(key), row -> row.tags().get(key));
    }
    return Family.<Tagged>info(
            kind.family(),
            "Tags of a resource that the configuration allows, from Tags of GetResources; to join"
                + " with.")
        .labels(labels);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    families.values().forEach(all::addAll);
    return all;
  }

  @Override
  public Snapshot scrape(Deadline deadline) throws ScrapeException, InterruptedException {
    List<String> types = families.keySet().stream().map(TaggedKind::type).toList();
    List<ResourceTagMapping> resources =
        Pages.all(
            ACTION,
            deadline,
            token ->
                client.getResources(
                    request ->
                        request
                            .resourceTypeFilters(types)
                            .resourcesPerPage(PAGE)
                            .paginationToken(token)),
            page -> page.resourceTagMappingList(),
            page -> page.paginationToken());
    List<Snapshot> all = new ArrayList<>();
    families.forEach((kind, info) -> all.add(Snapshot.of(info, tagged(kind, resources))));
    return Snapshot.join(all);
  }

  private static List<Tagged> tagged(TaggedKind kind, List<ResourceTagMapping> resources) {
    List<Tagged> rows = new ArrayList<>();
    for (ResourceTagMapping resource : resources) {
      kind.labelsOf(resource.resourceARN())
          .ifPresent(labels -> rows.add(new Tagged(labels, tags(resource))));
    }
    return rows;
  }

  private static Map<String, String> tags(ResourceTagMapping resource) {
    Map<String, String> tags = new HashMap<>();
    for (Tag tag : resource.tags()) {
      tags.put(tag.key(), tag.value());
    }
    return tags;
  }
}
