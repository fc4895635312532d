package dev.yagura.aws.client;

import java.util.Locale;

/** Names of services. */
final class Services {
  private Services() {}

  /**
   * A service as IAM writes it before the colon: {@code cloudwatch}, {@code secretsmanager}.
   *
   * @param sdkName as the SDK calls it: {@code Secrets Manager}, {@code CloudWatch}, {@code Rds}
   */
  static String iamName(String sdkName) {
    String name = sdkName.replace(" ", "").toLowerCase(Locale.ROOT);
    if (name.equals("resourcegroupstaggingapi")) {
      return "tag";
    }
    return name.startsWith("elasticloadbalancing") ? "elasticloadbalancing" : name;
  }
}
