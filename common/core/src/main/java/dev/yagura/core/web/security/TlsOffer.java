package dev.yagura.core.web.security;

import dev.yagura.core.web.security.YamlSection.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which versions, cipher suites and curves the server offers. */
final class TlsOffer {
  private final YamlSection section;
  private final Problems problems;
  private final List<String> notes;
  private final JvmTls jvm;

  TlsOffer(YamlSection section, Problems problems, List<String> notes, JvmTls jvm) {
    this.section = section;
    this.problems = problems;
    this.notes = notes;
    this.jvm = jvm;
  }

  List<String> protocols() {
    JvmTls.Version min = version("min_version", JvmTls.Version.TLS12);
    JvmTls.Version max = version("max_version", JvmTls.Version.TLS13);
    int line = section.lineOf(section.has("max_version") ? "max_version" : "min_version");
    if (min.compareTo(max) > 0) {
      problems.add(line, "min_version " + min + " is above max_version " + max);
      return List.of();
    }
    Set<JvmTls.Version> asked = EnumSet.range(min, max);
    List<String> refused =
        asked.stream()
            .filter(version -> !jvm.offers(version))
            .map(JvmTls.Version::name)
            .collect(Collectors.toList());
    if (refused.size() == asked.size()) {
      problems.add(
          line,
          String.join(", ", refused)
              + ": this JVM offers none of them (see jdk.tls.disabledAlgorithms)");
    } else if (!refused.isEmpty()) {
      notes.add(
          "this JVM does not offer "
              + String.join(", ", refused)
              + " (see jdk.tls.disabledAlgorithms); the other versions are served");
    }
    return asked.stream()
        .filter(jvm::offers)
        .map(JvmTls.Version::jvmName)
        .collect(Collectors.toUnmodifiableList());
  }

  private JvmTls.Version version(String key, JvmTls.Version otherwise) {
    Optional<Text> text = section.text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (JvmTls.Version version : JvmTls.Version.values()) {
      if (version.name().equals(text.get().value())) {
        return version;
      }
    }
    problems.add(
        text.get().line(),
        key
            + " must be one of "
            + Arrays.toString(JvmTls.Version.values()).replaceAll("[\\[\\]]", ""));
    return otherwise;
  }

  List<String> ciphers(List<String> protocols) {
    List<String> listed = new ArrayList<>();
    for (Text cipher : section.texts("cipher_suites")) {
      if (jvm.offers(cipher.value())) {
        listed.add(cipher.value());
      } else {
        problems.add(
            cipher.line(), "cipher_suites: this JVM does not offer `" + cipher.value() + "`");
      }
    }
    boolean tls13 = protocols.contains(JvmTls.Version.TLS13.jvmName());
    return listed.isEmpty() || !tls13 ? List.copyOf(listed) : jvm.withSuitesOfTls13(listed);
  }

  List<String> namedGroups() {
    List<String> groups = new ArrayList<>();
    for (Text curve : section.texts("curve_preferences")) {
      Optional<String> group = NamedGroups.ofCurve(curve.value());
      group.ifPresent(groups::add);
      if (group.isEmpty()) {
        problems.add(
            curve.line(),
            "curve_preferences: unknown curve `"
                + curve.value()
                + "`; known are CurveP256, CurveP384, CurveP521, X25519");
      }
    }
    if (!groups.isEmpty() && !NamedGroups.canBeChosen()) {
      problems.add(
          section.lineOf("curve_preferences"),
          "curve_preferences needs Java 20 or newer; leave it out and start this JVM with"
              + " -Djdk.tls.namedGroups="
              + String.join(",", groups));
    }
    return List.copyOf(groups);
  }
}
