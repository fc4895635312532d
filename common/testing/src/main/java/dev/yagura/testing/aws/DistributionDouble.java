package dev.yagura.testing.aws;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A distribution; what is set is what CloudFront says of it from then on. */
public final class DistributionDouble {
  private static final Set<String> NOT_IN_CONFIG =
      Set.of("Id", "ARN", "ETag", "Status", "LastModifiedTime", "DomainName");
  private static final Set<String> ONLY_IN_CONFIG =
      Set.of("CallerReference", "DefaultRootObject", "Logging");

  private final String id;
  private final Fields summary = new Fields();
  private final Fields config = new Fields();
  private final Tags tags = new Tags();
  private @Nullable Boolean additionalMetrics;
  private int version = 1;

  DistributionDouble(String id, Scope scope) {
    this.id = id;
    set("Id", id);
    set("ARN", "arn:aws:cloudfront::" + scope.account() + ":distribution/" + id);
    set("Status", "Deployed");
    set("LastModifiedTime", scope.clock().instant());
    set("DomainName", id.toLowerCase(Locale.ROOT) + ".cloudfront.net");
    set("CallerReference", "double-" + id);
    set("Comment", "");
    set("PriceClass", "PriceClass_All");
    set("Enabled", true);
    set("HttpVersion", "http2");
    set("IsIPV6Enabled", true);
    set("Staging", false);
    set("WebACLId", "");
    set("ViewerCertificate.CloudFrontDefaultCertificate", true);
    aliases();
    origins(Map.of());
    noLogging();
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** Its ARN. */
  public String arn() {
    return String.valueOf(summary.text("ARN"));
  }

  /** Sets a field by its name in CloudFront's API; null takes it away. */
  public DistributionDouble set(String field, @Nullable Object value) {
    String first = field.indexOf('.') < 0 ? field : field.substring(0, field.indexOf('.'));
    if (!ONLY_IN_CONFIG.contains(first)) {
      summary.set(field, value);
    }
    if (!NOT_IN_CONFIG.contains(first)) {
      config.set(field, value);
    }
    return this;
  }

  /** Sets its other domain names. */
  public DistributionDouble aliases(String... names) {
    return items("Aliases", "CNAME", List.of(names));
  }

  /** Sets its origins: their ids and domain names. */
  public DistributionDouble origins(Map<String, String> domains) {
    return items(
        "Origins",
        "Origin",
        domains.entrySet().stream()
            .map(each -> new Fields().set("Id", each.getKey()).set("DomainName", each.getValue()))
            .toList());
  }

  private DistributionDouble items(String field, String item, List<?> items) {
    for (Fields each : List.of(summary, config)) {
      each.set(field + ".Quantity", items.size()).list(field + ".Items", item, items);
    }
    return this;
  }

  /** Serves viewers with this certificate of ACM. */
  public DistributionDouble acmCertificate(String certificateArn) {
    return set("ViewerCertificate.CloudFrontDefaultCertificate", false)
        .set("ViewerCertificate.ACMCertificateArn", certificateArn);
  }

  /** Serves viewers with this certificate of IAM. */
  public DistributionDouble iamCertificate(String certificateId) {
    return set("ViewerCertificate.CloudFrontDefaultCertificate", false)
        .set("ViewerCertificate.IAMCertificateId", certificateId);
  }

  /** Writes access logs into a bucket. */
  public DistributionDouble logging(String bucket, String prefix) {
    return set("Logging.Enabled", true)
        .set("Logging.IncludeCookies", false)
        .set("Logging.Bucket", bucket)
        .set("Logging.Prefix", prefix);
  }

  /** Writes no access logs. */
  public DistributionDouble noLogging() {
    return logging("", "").set("Logging.Enabled", false);
  }

  /** Pays for additional metrics, or has a subscription that is disabled. */
  public synchronized DistributionDouble additionalMetrics(boolean enabled) {
    additionalMetrics = enabled;
    return this;
  }

  /** Adds a tag. */
  public DistributionDouble tag(String key, String value) {
    tags.put(key, value);
    return this;
  }

  /** Gives its configuration another version. */
  public synchronized DistributionDouble touch() {
    version++;
    return this;
  }

  synchronized String eTag() {
    return "E" + id + version;
  }

  /** Whether a subscription is enabled; null if there is none. */
  synchronized @Nullable Boolean subscription() {
    return additionalMetrics;
  }

  void writeSummary(Xml xml) {
    summary.write(xml);
  }

  void writeConfig(Xml xml) {
    config.write(xml);
  }

  List<Fields> tags() {
    return tags.fields();
  }
}
