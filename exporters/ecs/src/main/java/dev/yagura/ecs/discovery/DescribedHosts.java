package dev.yagura.ecs.discovery;

import dev.yagura.aws.client.AwsFailures;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.ecs.api.EcsApi;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/**
 * Machines as ECS and EC2 describe them. The private IP of one never changes, so each is asked for
 * once, and is remembered for as long as somebody asks for it. Used by one thread.
 */
public final class DescribedHosts implements HostAddresses {
  private static final String OF_ECS = "ecs:DescribeContainerInstances";
  private static final String OF_EC2 = "ec2:DescribeInstances";
  private static final String NOT_FOUND = "InvalidInstanceID.NotFound";
  private static final int AT_ONCE = 100;
  private static final Pattern ID = Pattern.compile("\\bi-[0-9a-f]+\\b");

  private final EcsClient ecs;
  private final Ec2Client ec2;
  private final Map<String, String> ipByArn = new HashMap<>();

  /** Asks ECS and EC2 in the place that the machines are in. */
  public DescribedHosts(EcsApi ecs, AwsPlace place) {
    this.ecs = ecs.client();
    this.ec2 = place.client(Ec2Client.builder());
  }

  @Override
  public Found of(Map<String, Set<String>> containerInstances, Deadline deadline)
      throws InterruptedException {
    Set<String> all = new HashSet<>();
    containerInstances.values().forEach(all::addAll);
    ipByArn.keySet().retainAll(all);
    Map<String, String> arnById = new HashMap<>();
    List<ScrapeException> failures = new ArrayList<>();
    for (Map.Entry<String, Set<String>> each : containerInstances.entrySet()) {
      Set<String> unknown = new TreeSet<>(each.getValue());
      unknown.removeAll(ipByArn.keySet());
      for (List<String> some : chunks(unknown)) {
        try {
          describe(each.getKey(), some, arnById, deadline);
        } catch (ScrapeException e) {
          failures.add(e);
        }
      }
    }
    for (List<String> some : chunks(new TreeSet<>(arnById.keySet()))) {
      try {
        for (Instance instance : instances(some, deadline)) {
          String arn = arnById.get(instance.instanceId());
          if (arn != null && instance.privateIpAddress() != null) {
            ipByArn.put(arn, instance.privateIpAddress());
          }
        }
      } catch (ScrapeException e) {
        failures.add(e);
      }
    }
    return new Found(ipByArn, failures.stream().findFirst());
  }

  private void describe(
      String cluster, List<String> arns, Map<String, String> arnById, Deadline deadline)
      throws ScrapeException, InterruptedException {
    check(deadline, OF_ECS);
    List<ContainerInstance> described =
        AwsPlace.call(
            OF_ECS,
            () ->
                ecs.describeContainerInstances(
                        request -> request.cluster(cluster).containerInstances(arns))
                    .containerInstances());
    for (ContainerInstance each : described) {
      String id = each.ec2InstanceId();
      // Machines outside of AWS have other ids, and EC2 knows nothing of them.
      if (id != null && ID.matcher(id).matches()) {
        arnById.put(id, each.containerInstanceArn());
      }
    }
  }

  /** One id that is gone makes EC2 refuse all of them; the others are then asked for again. */
  private List<Instance> instances(List<String> ids, Deadline deadline)
      throws ScrapeException, InterruptedException {
    Set<String> left = new TreeSet<>(ids);
    while (!left.isEmpty()) {
      check(deadline, OF_EC2);
      try {
        DescribeInstancesResponse answer =
            AwsPlace.call(
                OF_EC2, () -> ec2.describeInstances(request -> request.instanceIds(left)));
        return answer.reservations().stream()
            .map(Reservation::instances)
            .flatMap(List::stream)
            .toList();
      } catch (ScrapeException e) {
        if (!left.removeAll(gone(e))) {
          throw e;
        }
      }
    }
    return List.of();
  }

  private static Set<String> gone(ScrapeException e) {
    Set<String> ids = new HashSet<>();
    if (e.getCause() instanceof AwsServiceException answer
        && AwsFailures.codeOf(answer).equals(NOT_FOUND)) {
      Matcher id = ID.matcher(String.valueOf(answer.awsErrorDetails().errorMessage()));
      while (id.find()) {
        ids.add(id.group());
      }
    }
    return ids;
  }

  private static void check(Deadline deadline, String action) throws ScrapeException {
    if (deadline.hasPassed()) {
      throw new ScrapeException(FailureReason.TIMEOUT, "no time was left to ask " + action);
    }
  }

  private static List<List<String>> chunks(Collection<String> all) {
    List<String> list = List.copyOf(all);
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < list.size(); from += AT_ONCE) {
      chunks.add(list.subList(from, Math.min(from + AT_ONCE, list.size())));
    }
    return chunks;
  }
}
