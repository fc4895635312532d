package dev.yagura.all;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.yagura.core.config.Glob;
import dev.yagura.testing.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;

/**
 * {@code docs/iam} is what the code calls: the operations are read off the class files, so a call
 * that is added or taken away changes the policy.
 */
class IamPolicyTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/testing/"))
          .importPackages("dev.yagura");

  /** Which packages ask AWS for an exporter. */
  private static final Map<String, List<String>> EXPORTERS =
      new TreeMap<>(
          Map.of(
              "aurora-postgres", List.of("dev.yagura.aurorapostgres", "dev.yagura.aws.aurora"),
              "cloudfront",
                  List.of("dev.yagura.cloudfront", "dev.yagura.accesslog", "dev.yagura.aws.sqs"),
              "cloudwatch", List.of("dev.yagura.cloudwatch", "dev.yagura.aws.cloudwatch"),
              "ecs", List.of("dev.yagura.ecs", "dev.yagura.aws.sqs")));

  /** Operations whose permission has another name. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "s3:ListObjectsV2", "s3:ListBucket",
          "s3:HeadObject", "s3:GetObject",
          "sqs:DeleteMessageBatch", "sqs:DeleteMessage",
          "sqs:ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility");

  /** What a permission can be bound to; what is not here cannot be, or is a list of everything. */
  private static final Map<String, List<String>> RESOURCES =
      Map.of(
          "rds-db:connect", List.of("arn:aws:rds-db:*:*:dbuser:*/yagura"),
          "s3:GetObject", List.of("arn:aws:s3:::LOGS/*"),
          "s3:ListBucket", List.of("arn:aws:s3:::LOGS"),
          "secretsmanager:GetSecretValue",
              List.of(
                  // Secrets that are made for it, and those that RDS keeps: secret: managed.
                  "arn:aws:secretsmanager:*:*:secret:yagura/*",
                  "arn:aws:secretsmanager:*:*:secret:rds!*"),
          "sqs:ChangeMessageVisibility", List.of("arn:aws:sqs:*:*:QUEUE"),
          "sqs:DeleteMessage", List.of("arn:aws:sqs:*:*:QUEUE"),
          "sqs:ReceiveMessage", List.of("arn:aws:sqs:*:*:QUEUE"));

  private static SortedSet<String> actions(List<String> packages) {
    SortedSet<String> actions = new TreeSet<>();
    for (JavaClass each : CODE) {
      if (packages.stream().noneMatch(name -> isIn(each, name))) {
        continue;
      }
      for (JavaMethodCall call : each.getMethodCallsFromSelf()) {
        JavaClass owner = call.getTargetOwner();
        if (owner.isAssignableTo(SdkClient.class) && isOperation(call.getName())) {
          String action = service(owner) + ":" + capitalised(call.getName());
          actions.add(RENAMED.getOrDefault(action, action));
        }
      }
    }
    return actions;
  }

  private static boolean isIn(JavaClass each, String name) {
    return each.getPackageName().equals(name) || each.getPackageName().startsWith(name + ".");
  }

  /** Not one of a client's own methods. */
  private static boolean isOperation(String method) {
    return !List.of("builder", "create", "close", "serviceName", "utilities", "waiter")
        .contains(method);
  }

  private static String service(JavaClass client) {
    String[] parts = client.getPackageName().split("\\.", -1);
    String name = parts[parts.length - 1].toLowerCase(Locale.ROOT);
    return switch (name) {
      case "resourcegroupstaggingapi" -> "tag";
      case "elasticloadbalancingv2" -> "elasticloadbalancing";
      default -> name;
    };
  }

  private static String capitalised(String method) {
    String name = method.replaceFirst("Paginator$", "");
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static SortedSet<String> needed(String exporter) {
    SortedSet<String> actions = actions(EXPORTERS.getOrDefault(exporter, List.of()));
    if (exporter.equals("aurora-postgres")) {
      actions.add("rds-db:connect"); // What a token is for; no operation of the API.
    }
    return actions;
  }

  /** One as it is, several as a list. */
  private static String resources(List<String> all) {
    String quoted = all.stream().map(one -> '"' + one + '"').collect(Collectors.joining(", "));
    return all.size() == 1 ? quoted : "[" + quoted + "]";
  }

  private static String policy(SortedSet<String> actions) {
    Map<String, List<String>> byResource =
        actions.stream()
            .collect(
                Collectors.groupingBy(
                    action -> resources(RESOURCES.getOrDefault(action, List.of("*"))),
                    TreeMap::new,
                    Collectors.toList()));
    String statements =
        byResource.entrySet().stream()
            .map(
                one ->
                    """
                        {
                          "Effect": "Allow",
                          "Action": [%s],
                          "Resource": %s
                        }"""
                        .formatted(
                            one.getValue().stream()
                                .map(action -> '"' + action + '"')
                                .collect(Collectors.joining(", ")),
                            one.getKey())
                        .indent(4)
                        .stripTrailing())
            .collect(Collectors.joining(",\n"));
    return """
        {
          "Version": "2012-10-17",
          "Statement": [
        %s
          ]
        }
        """
        .formatted(statements);
  }

  @Test
  void thePoliciesAllowWhatTheCodeCallsAndNothingElse() {
    Goldens iam = Goldens.in(Path.of("../../docs/iam"));
    EXPORTERS
        .keySet()
        .forEach(exporter -> iam.assertFileMatches(exporter + ".json", policy(needed(exporter))));
  }

  @Test
  void theSecretsOfTheReferenceMayBeRead() throws IOException {
    Pattern arn = Pattern.compile("secret_arn: \"(\\S+)\"");
    List<String> named =
        arn.matcher(Files.readString(Path.of("../../docs/config.yaml")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(named)
        .isNotEmpty()
        .allMatch(
            secret ->
                RESOURCES.getOrDefault("secretsmanager:GetSecretValue", List.of()).stream()
                    .anyMatch(allowed -> new Glob(allowed).matches(secret)));
  }

  @Test
  void nobodyElseAsksAws() {
    SortedSet<String> all = actions(List.of("dev.yagura"));
    SortedSet<String> listed = new TreeSet<>();
    EXPORTERS.values().forEach(packages -> listed.addAll(actions(packages)));

    assertThat(listed).isEqualTo(all);
  }

  @Test
  void nothingIsWritten() {
    assertThat(actions(List.of("dev.yagura")))
        .allMatch(
            action ->
                action.matches(
                    "[a-z0-9]+:(Describe|Get|List|Receive|DeleteMessage|ChangeMessageVisibility).*"));
  }

  @Test
  void whatCloudWatchNeedsIsSeen() {
    assertThat(needed("cloudwatch")).contains("cloudwatch:GetMetricData", "cloudwatch:ListMetrics");
  }
}
