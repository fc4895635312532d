package dev.yagura.testing.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clusters of containers of an account in a region, and what they run. */
public final class EcsDouble implements ServiceDouble {
  private final Scope scope;
  private final EcsIds ids = new EcsIds();
  private final EcsTaskDefinitions definitions;
  private final Map<String, EcsClusterDouble> clusters = new LinkedHashMap<>();
  private final Map<String, Fields> capacityProviders = new LinkedHashMap<>();

  EcsDouble(Scope scope) {
    this.scope = scope;
    definitions = new EcsTaskDefinitions(scope);
    capacityProvider("FARGATE", new Fields());
    capacityProvider("FARGATE_SPOT", new Fields());
  }

  /** The cluster of this name, made if there is none. */
  public synchronized EcsClusterDouble cluster(String name) {
    return clusters.computeIfAbsent(name, made -> new EcsClusterDouble(this, scope, made));
  }

  /** Registers the next revision of a family whose tasks have network interfaces; gives its ARN. */
  public String taskDefinition(String family, EcsContainer... containers) {
    return taskDefinition(family, "awsvpc", Map.of(), containers);
  }

  /**
   * Registers the next revision of a family; gives its ARN.
   *
   * @param networkMode awsvpc, bridge or host
   */
  public synchronized String taskDefinition(
      String family, String networkMode, Map<String, String> tags, EcsContainer... containers) {
    return definitions.register(family, networkMode, tags, List.of(containers)).arn();
  }

  /** What ECS says of a task definition, to be changed. */
  public synchronized Fields taskDefinitionFields(String arn) {
    return definition(arn).fields();
  }

  /** Puts a capacity provider, which has these fields too; FARGATE and FARGATE_SPOT are there. */
  public synchronized Fields capacityProvider(String name, Fields fields) {
    fields
        .set("capacityProviderArn", scope.arn("ecs", "capacity-provider/" + name))
        .set("name", name);
    if (fields.text("status") == null) {
      fields.set("status", "ACTIVE");
    }
    capacityProviders.put(name, fields);
    return fields;
  }

  @Override
  public synchronized Answer answer(Call call) {
    EcsRequest request = new EcsRequest(call, this);
    return switch (call.operation()) {
      case "ListClusters" -> EcsLists.clusters(request);
      case "ListServices" -> EcsLists.services(request);
      case "ListTasks" -> EcsLists.tasks(request);
      case "ListContainerInstances" -> EcsLists.instances(request);
      case "ListServiceDeployments" -> EcsLists.serviceDeployments(request);
      case "DescribeClusters" -> EcsDescriptions.clusters(request);
      case "DescribeServices" -> EcsDescriptions.services(request);
      case "DescribeTasks" -> EcsDescriptions.tasks(request);
      case "DescribeTaskDefinition" -> EcsDescriptions.taskDefinition(request);
      case "DescribeContainerInstances" -> EcsDescriptions.instances(request);
      case "DescribeCapacityProviders" -> EcsDescriptions.capacityProviders(request);
      case "DescribeServiceDeployments" -> EcsDescriptions.serviceDeployments(request);
      case "DescribeServiceRevisions" -> EcsDescriptions.serviceRevisions(request);
      default -> throw ServiceDouble.unknown(call);
    };
  }

  synchronized void remove(EcsClusterDouble cluster) {
    clusters.remove(cluster.name(), cluster);
  }

  Scope scope() {
    return scope;
  }

  EcsIds ids() {
    return ids;
  }

  Map<String, EcsClusterDouble> clusters() {
    return clusters;
  }

  Map<String, Fields> capacityProviders() {
    return capacityProviders;
  }

  /** By name or ARN, null if there is none. */
  @Nullable EcsClusterDouble find(String cluster) {
    return clusters.get(last(cluster));
  }

  EcsTaskDefinitions.@Nullable Definition findDefinition(String name) {
    return definitions.find(name);
  }

  EcsTaskDefinitions.Definition definition(String arn) {
    EcsTaskDefinitions.Definition found = definitions.find(arn);
    if (found == null) {
      throw new IllegalArgumentException("no task definition " + arn);
    }
    return found;
  }

  /** What is after the last slash of an ARN; of a name, itself. */
  static String last(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
