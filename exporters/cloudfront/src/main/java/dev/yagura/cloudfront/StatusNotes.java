package dev.yagura.cloudfront;

import dev.yagura.accesslog.ingest.IngestStatus;
import dev.yagura.accesslog.ingest.IngestStatus.SourceStatus;
import dev.yagura.cloudfront.store.DistributionView;
import dev.yagura.cloudfront.store.View;
import dev.yagura.core.page.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the page {@code /} says of the logs. */
final class StatusNotes {
  private StatusNotes() {}

  static List<Note> of(View view, IngestStatus ingest, Instant now) {
    List<Note> notes = new ArrayList<>();
    ingest
        .paused()
        .ifPresent(
            pause ->
                notes.add(
                    new Note(
                        "state",
                        Note.State.BAD,
                        "Nothing is counted since " + ago(pause.since(), now) + ": " + pause.message(),
                        List.of())));
    ingest.sources().forEach(source -> notes.add(source(source, now)));
    notes.add(files(ingest));
    view.distributions().forEach((name, one) -> notes.add(distribution(name, one, now)));
    return notes;
  }

  private static Note source(SourceStatus source, Instant now) {
    List<Note.Row> rows = new ArrayList<>();
    rows.add(new Note.Row("Log files found", Long.toString(source.objectsOffered())));
    if (source.unusableNotifications() > 0) {
      rows.add(
          new Note.Row("Unusable notifications", Long.toString(source.unusableNotifications())));
    }
    if (source.failure().isPresent()) {
      IngestStatus.Failure failure = source.failure().get();
      return new Note(
          source.name(),
          Note.State.BAD,
          failure.reason().label() + ", " + ago(failure.at(), now) + ": " + failure.message(),
          rows);
    }
    return source
        .lastSuccess()
        .map(at -> new Note(source.name(), Note.State.OK, "Looked " + ago(at, now) + ".", rows))
        .orElse(new Note(source.name(), Note.State.IDLE, "Not looked at yet.", rows));
  }

  private static Note files(IngestStatus ingest) {
    long unreadable = ingest.unreadable().values().stream().mapToLong(Long::longValue).sum();
    List<Note.Row> rows =
        List.of(
            new Note.Row("Pending", Integer.toString(ingest.pending())),
            new Note.Row("Skipped as duplicates", Long.toString(ingest.duplicatesSkipped())),
            new Note.Row("Unreadable", Long.toString(unreadable)));
    String text =
        ingest.objectsCounted() == 0
            ? "No log has arrived yet."
            : ingest.objectsCounted() + " log files are counted.";
    Note.State state = ingest.objectsCounted() == 0 ? Note.State.IDLE : Note.State.OK;
    return new Note("logs", unreadable > 0 ? Note.State.BAD : state, text, rows);
  }

  private static Note distribution(String name, DistributionView view, Instant now) {
    long malformed =
        view.logs().malformed().values().stream().mapToLong(Long::longValue).sum();
    List<Note.Row> rows = new ArrayList<>();
    rows.add(new Note.Row("Log lines", Long.toString(view.logs().lines())));
    rows.add(new Note.Row("Objects tracked", Integer.toString(view.trackedObjects())));
    rows.add(new Note.Row("Objects shown", Integer.toString(view.members().size())));
    for (Map.Entry<String, Long> reason : view.logs().malformed().entrySet()) {
      rows.add(new Note.Row("Malformed: " + reason.getKey(), Long.toString(reason.getValue())));
    }
    String newest =
        view.logs().newest().map(at -> "Newest request " + ago(at, now) + ".").orElse("No request.");
    return new Note(name, malformed > 0 ? Note.State.BAD : Note.State.OK, newest, rows);
  }

  private static String ago(Instant then, Instant now) {
    long seconds = Math.max(0, Duration.between(then, now).toSeconds());
    if (seconds < 120) {
      return seconds + " s ago";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min ago";
    }
    return seconds < 172_800 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
  }
}
