package dev.yagura.testing.aws;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An account of the double: its roles, and its services in every region. */
public final class AccountDouble {
  private record Place(AwsService service, String region) {}

  /** Whoever may assume a role must know this, if it is there. */
  record Role(String name, Optional<String> externalId) {}

  private final String id;
  private final Realm realm;
  private final Map<Place, ServiceDouble> services = new ConcurrentHashMap<>();
  private final Map<String, Role> roles = new ConcurrentHashMap<>();

  AccountDouble(String id, Realm realm) {
    this.id = id;
    this.realm = realm;
  }

  /** Its twelve digits. */
  public String id() {
    return id;
  }

  /** CloudWatch's metrics in a region. */
  public CloudWatchDouble cloudWatch(String region) {
    return (CloudWatchDouble) service(AwsService.CLOUDWATCH, region);
  }

  /** The databases in a region. */
  public RdsDouble rds(String region) {
    return (RdsDouble) service(AwsService.RDS, region);
  }

  /** The distributions, which have no region. */
  public CloudFrontDouble cloudFront() {
    return (CloudFrontDouble) service(AwsService.CLOUDFRONT, AwsService.GLOBAL);
  }

  /** The certificates in a region. */
  public AcmDouble acm(String region) {
    return (AcmDouble) service(AwsService.ACM, region);
  }

  /** The virtual machines in a region. */
  public Ec2Double ec2(String region) {
    return (Ec2Double) service(AwsService.EC2, region);
  }

  /** The clusters of containers in a region. */
  public EcsDouble ecs(String region) {
    return (EcsDouble) service(AwsService.ECS, region);
  }

  /** The load balancers in a region. */
  public ElbDouble elb(String region) {
    return (ElbDouble) service(AwsService.LOAD_BALANCING, region);
  }

  /** The queues in a region. */
  public SqsDouble sqs(String region) {
    return (SqsDouble) service(AwsService.SQS, region);
  }

  /** The secrets in a region. */
  public SecretsManagerDouble secretsManager(String region) {
    return (SecretsManagerDouble) service(AwsService.SECRETS_MANAGER, region);
  }

  /** Performance Insights in a region. */
  public PiDouble pi(String region) {
    return (PiDouble) service(AwsService.PI, region);
  }

  /** The tags of resources in a region. */
  public TaggingDouble tagging(String region) {
    return (TaggingDouble) service(AwsService.TAGGING, region);
  }

  /** Declares a role that anybody may assume; gives its ARN. */
  public String role(String name) {
    return role(new Role(name, Optional.empty()));
  }

  /** Declares a role that those may assume who send this external id; gives its ARN. */
  public String role(String name, String externalId) {
    return role(new Role(name, Optional.of(externalId)));
  }

  private String role(Role role) {
    roles.put(role.name(), role);
    return "arn:aws:iam::" + id + ":role/" + role.name();
  }

  @Nullable Role declared(String roleName) {
    return roles.get(roleName);
  }

  ServiceDouble service(AwsService service, String region) {
    return services.computeIfAbsent(
        new Place(service, service.home(region)),
        place -> service.in(new Scope(id, place.region(), realm)));
  }
}
