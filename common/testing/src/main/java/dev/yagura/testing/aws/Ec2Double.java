package dev.yagura.testing.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The virtual machines of an account in a region. */
public final class Ec2Double implements ServiceDouble {
  private static final int LARGEST_PAGE = 1_000;
  private static final int SMALLEST_PAGE = 5;

  private final Scope scope;
  private final Map<String, Fields> instances = new LinkedHashMap<>();

  Ec2Double(Scope scope) {
    this.scope = scope;
  }

  /** Puts an instance that runs; gives what EC2 says of it, to be changed. */
  public synchronized Fields instance(String id, String privateIp) {
    Fields fields =
        new Fields()
            .set("instanceId", id)
            .set("imageId", "ami-0a1b2c3d4e5f60718")
            .set("instanceState.code", 16)
            .set("instanceState.name", "running")
            .set("privateIpAddress", privateIp)
            .set("instanceType", "m6g.large")
            .set("launchTime", scope.clock().instant())
            .set("placement.availabilityZone", scope.region() + "a")
            .set("placement.tenancy", "default");
    instances.put(id, fields);
    return fields;
  }

  /** Removes an instance, which nobody knows from then on. */
  public synchronized void remove(String id) {
    instances.remove(id);
  }

  @Override
  public synchronized Answer answer(Call call) {
    if (!call.operation().equals("DescribeInstances")) {
      throw ServiceDouble.unknown(call);
    }
    Input input = call.input();
    List<Fields> asked = asked(input.texts("InstanceId"));
    int size = input.number("MaxResults", LARGEST_PAGE);
    if (size < SMALLEST_PAGE || size > LARGEST_PAGE) {
      throw AwsError.badRequest(
          "InvalidParameterValue", "Value ( " + size + " ) for parameter maxResults is invalid.");
    }
    Page<Fields> page = Page.of(asked, input.text("NextToken"), size);
    return call.response(
        xml ->
            xml.list("reservationSet", "item", page.items(), this::reservation)
                .text("nextToken", page.next()));
  }

  private List<Fields> asked(List<String> ids) {
    if (ids.isEmpty()) {
      return List.copyOf(instances.values());
    }
    List<Fields> found = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String id : ids) {
      Fields instance = instances.get(id);
      if (instance == null) {
        unknown.add(id);
      } else {
        found.add(instance);
      }
    }
    if (!unknown.isEmpty()) {
      throw AwsError.badRequest(
          "InvalidInstanceID.NotFound",
          "The instance IDs '" + String.join(", ", unknown) + "' do not exist");
    }
    return found;
  }

  private void reservation(Xml xml, Fields instance) {
    xml.text(
            "reservationId",
            "r-" + String.valueOf(instance.text("instanceId")).replaceFirst("^i-", ""))
        .text("ownerId", scope.account())
        .list("instancesSet", "item", List.of(instance), (item, fields) -> fields.write(item));
  }
}
