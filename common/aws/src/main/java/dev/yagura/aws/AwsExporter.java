package dev.yagura.aws;

import dev.yagura.aws.client.Aws;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.page.Note;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the suite asks of AWS itself, and what that costs. It asks nothing. */
public final class AwsExporter implements Exporter {
  /** Its name in paths and labels. */
  public static final String NAME = "aws";

  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final Aws aws;

  /** Reports on these accounts, and closes them with itself: it has to be closed last. */
  public AwsExporter(Aws aws) {
    this.aws = aws;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    return UseFamilies.families();
  }

  @Override
  public List<String> scrapers() {
    return List.of();
  }

  @Override
  public Duration budget() {
    return BUDGET;
  }

  @Override
  public boolean hasTarget(String target) {
    return false;
  }

  @Override
  public Pending start(Optional<String> target, Selection selection, Deadline deadline) {
    if (target.isPresent()) {
      return List::of;
    }
    return () ->
        List.of(
            Samples.of(List.of(UseFamilies.of(aws.use(), aws.budget())), ConstantLabels.none()));
  }

  @Override
  public List<TargetStatus> status() {
    return List.of();
  }

  @Override
  public List<Note> notes() {
    double projected = aws.budget().projectedDollarsPerMonth();
    var shed = aws.budget().shed();
    String budget =
        aws.budget().dollarsPerMonth().isPresent()
            ? " of " + dollars(aws.budget().dollarsPerMonth().getAsDouble())
            : "";
    String text = "About " + dollars(projected) + budget + " a month.";
    List<Note.Row> rows = new ArrayList<>();
    rows.add(
        new Note.Row(
            "Estimate",
            "list prices of "
                + aws.use().meter().prices().date()
                + ", without free tiers; "
                + dollars(aws.use().meter().dollars())
                + " since the process started"));
    if (!shed.isEmpty()) {
      double lost = shed.stream().mapToDouble(one -> one.dollarsPerMonth()).sum();
      rows.add(
          new Note.Row(
              "Not asked",
              shed.size() + " queries, for " + dollars(lost) + " a month: the budget is used up"));
    }
    long skew = aws.use().serverTime().ahead().toSeconds();
    if (skew != 0) {
      rows.add(new Note.Row("Clock", "this machine's is off by " + skew + " s; that is made up"));
    }
    return List.of(new Note("cost", shed.isEmpty() ? Note.State.OK : Note.State.BAD, text, rows));
  }

  private static String dollars(double amount) {
    return String.format(Locale.ROOT, "$%.2f", amount);
  }

  @Override
  public void close() {
    aws.close();
  }
}
