package dev.yagura.testing.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What RDS says that happened to an instance or a cluster. */
record DbEvent(
    String sourceType,
    String source,
    String sourceArn,
    List<String> categories,
    String message,
    Instant at) {

  /** Whether a DescribeEvents asks for it. */
  boolean isAsked(Input input, Instant now) {
    Instant end = input.instant("EndTime");
    Instant to = end == null ? now : end;
    Instant start = input.instant("StartTime");
    Instant from =
        start == null ? to.minus(Duration.ofMinutes(input.number("Duration", 60))) : start;
    List<String> wanted = input.texts("EventCategories");
    return !at.isBefore(from)
        && !at.isAfter(to)
        && sourceType.equals(input.text("SourceType", sourceType))
        && source.equals(input.text("SourceIdentifier", source))
        && (wanted.isEmpty() || wanted.stream().anyMatch(categories::contains));
  }

  void write(Xml xml) {
    xml.text("SourceIdentifier", source)
        .text("SourceType", sourceType)
        .text("SourceArn", sourceArn)
        .text("Message", message)
        .text("Date", at)
        .list("EventCategories", "EventCategory", categories, Xml::characters);
  }
}
