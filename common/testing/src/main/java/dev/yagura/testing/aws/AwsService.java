package dev.yagura.testing.aws;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The services that the double knows. */
enum AwsService {
  ACM("acm", "acm", Protocol.JSON_1_1, "", AcmDouble::new),
  CLOUDFRONT(
      "cloudfront",
      "cloudfront",
      Protocol.REST_XML,
      "http://cloudfront.amazonaws.com/doc/2020-05-31/",
      CloudFrontDouble::new),
  CLOUDWATCH(
      "cloudwatch",
      "monitoring",
      Protocol.QUERY,
      "http://monitoring.amazonaws.com/doc/2010-08-01/",
      CloudWatchDouble::new),
  EC2("ec2", "ec2", Protocol.EC2, "http://ec2.amazonaws.com/doc/2016-11-15/", Ec2Double::new),
  ECS("ecs", "ecs", Protocol.JSON_1_1, "", EcsDouble::new),
  LOAD_BALANCING(
      "elasticloadbalancing",
      "elasticloadbalancing",
      Protocol.QUERY,
      "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
      ElbDouble::new),
  PI("pi", "pi", Protocol.JSON_1_1, "", PiDouble::new),
  RDS("rds", "rds", Protocol.QUERY, "http://rds.amazonaws.com/doc/2014-10-31/", RdsDouble::new),
  SECRETS_MANAGER(
      "secretsmanager", "secretsmanager", Protocol.JSON_1_1, "", SecretsManagerDouble::new),
  SQS("sqs", "sqs", Protocol.JSON_1_0, "", SqsDouble::new),
  STS("sts", "sts", Protocol.QUERY, "https://sts.amazonaws.com/doc/2011-06-15/", StsDouble::new),
  TAGGING("tag", "tagging", Protocol.JSON_1_1, "", TaggingDouble::new);

  /** Of services that have one state for all regions. */
  static final String GLOBAL = "us-east-1";

  private final String prefix;
  private final String signingName;
  private final Protocol protocol;
  private final String namespace;

  @SuppressWarnings("ImmutableEnumChecker") // Constructors, which have no state.
  private final Function<Scope, ServiceDouble> make;

  AwsService(
      String prefix,
      String signingName,
      Protocol protocol,
      String namespace,
      Function<Scope, ServiceDouble> make) {
    this.prefix = prefix;
    this.signingName = signingName;
    this.protocol = protocol;
    this.namespace = namespace;
    this.make = make;
  }

  /** That of a credential scope. */
  static Optional<AwsService> signedFor(String name) {
    return Arrays.stream(values()).filter(service -> service.signingName.equals(name)).findAny();
  }

  /** What its permissions begin with. */
  String prefix() {
    return prefix;
  }

  Protocol protocol() {
    return protocol;
  }

  /** Of its XML. */
  String namespace() {
    return namespace;
  }

  ServiceDouble in(Scope scope) {
    return make.apply(scope);
  }

  /** Where the state for this region is. */
  String home(String region) {
    return this == CLOUDFRONT || this == STS ? GLOBAL : region;
  }
}
