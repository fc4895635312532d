package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags of an account's resources in a region, as the Resource Groups Tagging API tells them.
 */
public final class TaggingDouble implements ServiceDouble {
  private static final int LARGEST_PAGE = 100;

  private final Map<String, Map<String, String>> tagsByArn = new LinkedHashMap<>();

  TaggingDouble(Scope scope) {}

  /** Gives a resource these tags in place of those that it had. */
  public synchronized void tag(String arn, Map<String, String> tags) {
    tagsByArn.put(arn, Map.copyOf(tags));
  }

  @Override
  public synchronized Answer answer(Call call) {
    if (!call.operation().equals("GetResources")) {
      throw ServiceDouble.unknown(call);
    }
    Input input = call.input();
    List<String> types = input.texts("ResourceTypeFilters");
    List<Map<String, Object>> found = new ArrayList<>();
    tagsByArn.forEach(
        (arn, tags) -> {
          if (types.isEmpty() || types.stream().anyMatch(type -> isOf(arn, type))) {
            found.add(Map.of("ResourceARN", arn, "Tags", pairs(tags)));
          }
        });
    Page<Map<String, Object>> page =
        Page.of(
            found,
            input.text("PaginationToken", ""),
            input.number("ResourcesPerPage", LARGEST_PAGE));
    return call.json(
        Map.of(
            "ResourceTagMappingList",
            page.items(),
            "PaginationToken",
            page.next() == null ? "" : page.next()));
  }

  /** A service, or a service and a type: {@code sqs}, {@code rds:db}. */
  private static boolean isOf(String arn, String type) {
    String[] parts = arn.split(":", 6);
    String[] wanted = type.split(":", 2);
    return parts[2].equals(wanted[0])
        && (wanted.length == 1 || parts[5].matches(wanted[1] + "[:/].*"));
  }

  private static List<Map<String, String>> pairs(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
        .toList();
  }
}
