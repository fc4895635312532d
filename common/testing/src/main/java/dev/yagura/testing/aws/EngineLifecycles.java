package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the major versions of engines are supported. */
final class EngineLifecycles {
  record Version(String engine, String major) {}

  private final Map<Version, List<Fields>> lifecycles = new LinkedHashMap<>();

  void add(Version version, String support, Instant from, Instant to) {
    lifecycles
        .computeIfAbsent(version, made -> new ArrayList<>())
        .add(
            new Fields()
                .set("LifecycleSupportName", support)
                .set("LifecycleSupportStartDate", from)
                .set("LifecycleSupportEndDate", to));
  }

  /** Those that a DescribeDBMajorEngineVersions asks for. */
  List<Version> asked(Input input) {
    return lifecycles.keySet().stream()
        .filter(version -> version.engine().equals(input.text("Engine", version.engine())))
        .filter(
            version -> version.major().equals(input.text("MajorEngineVersion", version.major())))
        .toList();
  }

  void write(Xml xml, Version version) {
    xml.text("Engine", version.engine())
        .text("MajorEngineVersion", version.major())
        .list(
            "SupportedEngineLifecycles",
            "SupportedEngineLifecycle",
            lifecycles.getOrDefault(version, List.of()),
            (item, lifecycle) -> lifecycle.write(item));
  }
}
