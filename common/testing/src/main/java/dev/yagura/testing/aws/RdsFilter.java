package dev.yagura.testing.aws;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Which clusters or instances a description asks for, by identifier and by filters. */
record RdsFilter(String identifier, String arn, String notFound, Map<String, String> filters) {
  static final RdsFilter CLUSTERS =
      new RdsFilter(
          "DBClusterIdentifier",
          "DBClusterArn",
          "DBClusterNotFoundFault",
          Map.of(
              "db-cluster-id", "DBClusterIdentifier",
              "db-cluster-resource-id", "DbClusterResourceId",
              "engine", "Engine"));

  static final RdsFilter INSTANCES =
      new RdsFilter(
          "DBInstanceIdentifier",
          "DBInstanceArn",
          "DBInstanceNotFound",
          Map.of(
              "db-cluster-id", "DBClusterIdentifier",
              "db-instance-id", "DBInstanceIdentifier",
              "dbi-resource-id", "DbiResourceId",
              "engine", "Engine"));

  /** Those of all that the request is for; the text of a field is had by its name. */
  <T> List<T> asked(Input input, Collection<T> all, BiFunction<T, String, @Nullable String> text) {
    String wanted = input.text(identifier);
    List<T> named =
        all.stream()
            .filter(
                each ->
                    wanted == null
                        || wanted.equals(text.apply(each, identifier))
                        || wanted.equals(text.apply(each, arn)))
            .toList();
    if (wanted != null && named.isEmpty()) {
      throw new AwsError(404, notFound, wanted + " not found.");
    }
    return named.stream()
        .filter(
            each ->
                input.structures("Filters").stream()
                    .allMatch(filter -> passes(filter, field -> text.apply(each, field))))
        .toList();
  }

  @FunctionalInterface
  private interface Texts {
    @Nullable String of(String field);
  }

  private boolean passes(Input filter, Texts texts) {
    String field = filters.get(filter.required("Name"));
    if (field == null) {
      throw AwsError.badRequest(
          "InvalidParameterValue", "Unrecognized filter name: " + filter.text("Name"));
    }
    String value = texts.of(field);
    // Identifiers may be given as ARNs, which end with them.
    return value != null
        && filter.texts("Values").stream()
            .anyMatch(each -> each.equals(value) || each.endsWith(":" + value));
  }
}
