package dev.yagura.cloudfront;

import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.cloudfront.distributions.Discovery;
import dev.yagura.cloudfront.distributions.LogArrivals;
import dev.yagura.cloudfront.report.PopularObjects;
import dev.yagura.cloudfront.report.ReportPages;
import dev.yagura.cloudfront.report.ReportQuery;
import dev.yagura.cloudfront.report.ReportSource;
import dev.yagura.cloudfront.store.View;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Samples;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.page.Note;
import dev.yagura.core.page.Page;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.scrape.Pending;
import dev.yagura.core.scrape.PolledTarget;
import dev.yagura.core.scrape.Selection;
import dev.yagura.core.scrape.TargetGroup;
import dev.yagura.core.scrape.TargetStatus;
import dev.yagura.state.StateDatabase;
import dev.yagura.state.StateException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CloudFront's popular objects and totals, counted from access logs as they arrive, and its
 * distributions as they are listed in the background. A scrape reads what was committed, and what
 * was listed last, and asks nobody.
 */
public final class CloudFrontExporter implements Exporter {
  /** Its name in paths and labels. */
  public static final String NAME = "cloudfront";

  /** Where it listens by itself. */
  public static final int DEFAULT_PORT = 19102;

  private static final Logger logger = LoggerFactory.getLogger(CloudFrontExporter.class);
  private static final Duration BUDGET = Duration.ofSeconds(10);

  /** How long the one before this may take to let go of the state, after a reload. */
  private static final Duration HANDOVER = Duration.ofMinutes(2);

  /** What a view looks like; made when it is first asked for. */
  private record Rendered(View view, Samples samples) {
    /** A view is made anew with each commit: comparing what is in it would cost more than this. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(View other) {
      return view == other;
    }
  }

  private final CloudFrontConfig config;
  private final AwsUse use;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final CountDownLatch started = new CountDownLatch(1);
  private final List<Page> pages;
  private final TargetGroup accounts;
  private final @Nullable Thread handover;
  private volatile @Nullable LogCounting counting;
  private volatile @Nullable Rendered rendered;
  private volatile String trouble = "";
  private boolean closed;

  /**
   * Opens the state and starts to count, and to list distributions. After a reload the state
   * belongs to the exporter that this one replaces: then it is opened as soon as that one has
   * closed it. Without a source of logs there is no state.
   *
   * @param aws has all accounts that the configuration names, and is to be closed after this
   * @param nanoClock as {@link System#nanoTime}
   * @throws StateException if the state cannot be used; the message says what to do
   */
  public CloudFrontExporter(CloudFrontConfig config, Aws aws, Clock clock, LongSupplier nanoClock)
      throws StateException {
    this.config = config;
    this.use = aws.use();
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.pages =
        config.sources().isEmpty() ? List.of() : new ReportPages(new Counted(), clock).pages();
    List<PolledTarget> polled =
        config
            .discovery()
            .map(found -> Discovery.targets(found, aws, this::arrivals, clock, nanoClock))
            .orElse(List.of());
    this.accounts = new TargetGroup(NAME, polled, nanoClock, clock);
    if (config.sources().isEmpty()) {
      handover = null;
      started.countDown();
    } else if (StateDatabase.heldHere(config.stateDir(), LogCounting.APPLICATION)) {
      handover = new Thread(this::takeOver, "cloudfront-handover");
      handover.setDaemon(true);
      handover.start();
    } else {
      handover = null;
      count(StateDatabase.open(config.stateDir(), LogCounting.APPLICATION, clock));
    }
    polled.forEach(PolledTarget::start);
  }

  private Optional<LogArrivals> arrivals() {
    LogCounting at = counting;
    return at == null ? Optional.empty() : at.arrivals();
  }

  private void takeOver() {
    try {
      count(
          StateDatabase.openWhenFree(config.stateDir(), LogCounting.APPLICATION, clock, HANDOVER));
    } catch (StateException e) {
      if (isClosed()) { // Whatever was under way then is no trouble.
        logger.debug("closed while the state was opened", e);
        return;
      }
      trouble = String.valueOf(e.getMessage());
      logger.error("nothing is counted: {}", trouble);
    } catch (InterruptedException e) {
      logger.debug("closed before the state was free");
    } finally {
      started.countDown();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void count(StateDatabase state) throws StateException {
    LogCounting fresh = LogCounting.start(config, state, use, clock, nanoClock);
    synchronized (this) {
      if (closed) {
        fresh.close();
        return;
      }
      counting = fresh;
    }
    started.countDown();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>();
    if (!config.sources().isEmpty()) {
      all.addAll(TotalFamilies.families());
      all.addAll(ObjectFamilies.families());
      all.addAll(LogFamilies.families());
    }
    if (config.discovery().isPresent()) {
      all.addAll(accounts.families());
    }
    return all;
  }

  @Override
  public List<String> scrapers() {
    return accounts.scrapers();
  }

  @Override
  public Duration budget() {
    return BUDGET;
  }

  @Override
  public boolean hasTarget(String target) {
    return accounts.has(target);
  }

  @Override
  public Pending start(Optional<String> target, Selection selection, Deadline deadline) {
    Pending polled = accounts.start(target, selection, deadline);
    if (target.isPresent() || !selection.equals(Selection.all())) {
      return polled; // What is counted belongs to no account, and no scraper reads it.
    }
    return () -> {
      List<Samples> all = new ArrayList<>(polled.await());
      LogCounting at = awaitCounting(deadline);
      if (at != null) {
        all.addAll(0, samples(at));
      }
      return all;
    };
  }

  private @Nullable LogCounting awaitCounting(Deadline deadline) {
    try {
      if (!started.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    return counting;
  }

  private List<Samples> samples(LogCounting at) {
    View view = at.view();
    Rendered known = rendered;
    if (known == null || !known.isOf(view)) {
      Snapshot counted = TotalFamilies.of(view).and(ObjectFamilies.of(view));
      known = new Rendered(view, Samples.of(List.of(counted), ConstantLabels.none()));
      rendered = known;
    }
    Snapshot logs = LogFamilies.of(view, at.status());
    return List.of(known.samples(), Samples.of(List.of(logs), ConstantLabels.none()));
  }

  @Override
  public List<TargetStatus> status() {
    return accounts.status();
  }

  @Override
  public List<Note> notes() {
    LogCounting at = counting;
    if (config.sources().isEmpty()) {
      return List.of();
    }
    if (at == null) {
      String text = trouble.isEmpty() ? "Waits for the state folder." : trouble;
      Note.State state = trouble.isEmpty() ? Note.State.IDLE : Note.State.BAD;
      return List.of(new Note("state", state, text, List.of()));
    }
    return StatusNotes.of(at.view(), at.status(), clock.instant());
  }

  @Override
  public List<Page> pages() {
    return pages;
  }

  @Override
  public void close() {
    LogCounting last;
    synchronized (this) {
      closed = true;
      last = counting;
    }
    accounts.close();
    if (handover != null) {
      handover.interrupt();
    }
    if (last != null) {
      last.close();
    }
  }

  /** Reports of whatever counts; the state may be on its way from one exporter to the next. */
  private final class Counted implements ReportSource {
    private ReportSource now() throws IOException {
      LogCounting at = counting;
      if (at == null) {
        throw new IOException("the state is not open yet");
      }
      return at.reports();
    }

    @Override
    public List<String> distributions() throws IOException {
      return now().distributions();
    }

    @Override
    public Optional<Span> span(String distribution) throws IOException {
      return now().span(distribution);
    }

    @Override
    public PopularObjects report(ReportQuery query) throws IOException {
      return now().report(query);
    }
  }
}
