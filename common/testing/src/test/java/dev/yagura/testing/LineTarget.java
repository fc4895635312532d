package dev.yagura.testing;

import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Scraper;
import dev.yagura.core.scrape.Target;
import dev.yagura.core.scrape.Visit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reads a {@link LineServer} as it should be done, or with faults on purpose. */
public final class LineTarget implements Target {
  /** What it can do wrong. */
  enum Fault {
    CALLS_EVERYTHING_A_BUG,
    DECLARES_ONE_NAME_TWICE,
    EMITS_THE_UNDECLARED,
    EMITS_WITH_ANOTHER_HELP,
    GIVES_UP_FOR_GOOD,
    IGNORES_ITS_DEADLINE,
    KEEPS_A_CONNECTION,
    KEEPS_A_CONNECTION_ONCE_CLOSED,
    KEEPS_A_THREAD,
    KEEPS_A_THREAD_UNTIL_CLOSED,
    NEVER_THE_SAME_LABEL,
    SHOWS_NOTHING,
    SHOWS_ZERO_FOR_NULL,
    ASKS_MORE_EACH_TIME
  }

  private record Line(long depth, @Nullable Long age) {}

  private static final List<Family<Line>> FAMILIES =
      List.of(
          Family.gauge("line_depth", "Depth, from the answer's first field.", Line::depth),
          Family.gauge("line_age_seconds", "Age in seconds, from the second field.", Line::age));

  private static final AtomicInteger EVERY_LABEL = new AtomicInteger();

  private final int port;
  private final Set<Fault> faults;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Socket> kept = new ArrayList<>();
  private int visits;
  private boolean gaveUp;

  public LineTarget(int port) {
    this(port, EnumSet.noneOf(Fault.class));
  }

  LineTarget(int port, Set<Fault> faults) {
    this.port = port;
    this.faults = faults;
  }

  private boolean has(Fault fault) {
    return faults.contains(fault);
  }

  @Override
  public String name() {
    return "main";
  }

  @Override
  public ConstantLabels labels() {
    return ConstantLabels.none();
  }

  @Override
  public List<String> scrapers() {
    return List.of("line");
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(FAMILIES);
    if (has(Fault.DECLARES_ONE_NAME_TWICE)) {
      all.add(Family.<Line>counter("line_depth", "Depth, once more.", Line::depth));
    }
    return all;
  }

  @Override
  public void visit(Visit visit) throws Exception {
    visits++;
    if (has(Fault.KEEPS_A_THREAD) || has(Fault.KEEPS_A_THREAD_UNTIL_CLOSED)) {
      linger();
    }
    if (gaveUp) {
      throw new ScrapeException(FailureReason.UNREACHABLE, "failed once, never again");
    }
    try {
      read(visit);
    } catch (IOException e) {
      gaveUp = has(Fault.GIVES_UP_FOR_GOOD);
      if (has(Fault.CALLS_EVERYTHING_A_BUG)) {
        throw new IllegalStateException(e);
      }
      throw e;
    }
  }

  private void read(Visit visit) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis(visit.deadline()));
      int times = has(Fault.ASKS_MORE_EACH_TIME) ? 1 << visits : 1;
      List<String> answers = new ArrayList<>();
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (int i = 0; i < times; i++) {
        socket.setSoTimeout(has(Fault.IGNORES_ITS_DEADLINE) ? 0 : millis(visit.deadline()));
        socket.getOutputStream().write("ask\n".getBytes(StandardCharsets.US_ASCII));
        String answer = lines.readLine();
        if (answer == null) {
          throw new IOException("no answer");
        }
        answers.add(answer);
      }
      visit.run(scraper(answers.get(0)));
    } finally {
      if (has(Fault.KEEPS_A_CONNECTION) || has(Fault.KEEPS_A_CONNECTION_ONCE_CLOSED)) {
        kept.add(socket);
      } else {
        socket.close();
      }
    }
  }

  private static int millis(Deadline deadline) {
    return (int) Math.max(1, deadline.remaining().toMillis());
  }

  private Scraper scraper(String answer) {
    return new Scraper() {
      @Override
      public String name() {
        return "line";
      }

      @Override
      public List<? extends Family<?>> families() {
        return FAMILIES;
      }

      @Override
      public Snapshot scrape(Deadline deadline) throws ScrapeException {
        return snapshot(parse(answer));
      }
    };
  }

  private Line parse(String answer) throws ScrapeException {
    String[] fields = answer.split(" ", -1);
    try {
      long depth = Long.parseLong(fields[0]);
      if (fields[1].equals("-")) {
        return new Line(depth, has(Fault.SHOWS_ZERO_FOR_NULL) ? Long.valueOf(0) : null);
      }
      return new Line(depth, Long.valueOf(fields[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new ScrapeException(FailureReason.INVALID, "not an answer: " + answer, e);
    }
  }

  private Snapshot snapshot(Line line) {
    if (has(Fault.SHOWS_NOTHING)) {
      return Snapshot.empty();
    }
    List<Family<Line>> families = new ArrayList<>(FAMILIES);
    if (has(Fault.EMITS_THE_UNDECLARED)) {
      families.add(Family.gauge("line_secret", "Nobody was told of this.", Line::depth));
    }
    if (has(Fault.EMITS_WITH_ANOTHER_HELP)) {
      families.set(0, Family.gauge("line_depth", "Depth, put another way.", Line::depth));
    }
    if (has(Fault.NEVER_THE_SAME_LABEL)) {
      String label = Integer.toString(EVERY_LABEL.incrementAndGet());
      families.replaceAll(family -> family.label("at", row -> label));
    }
    return Snapshot.of(families, line);
  }

  private void linger() {
    var thread =
        new Thread(
            () -> {
              try {
                closing.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "line-lingers");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Snapshot summary(RunReport report) {
    return Snapshot.empty();
  }

  /** Ends what even a faulty target may not leave to the tests that follow. */
  void release() {
    closing.countDown();
  }

  @Override
  public void close() {
    if (has(Fault.KEEPS_A_THREAD_UNTIL_CLOSED)) {
      closing.countDown();
    }
    if (!has(Fault.KEEPS_A_CONNECTION_ONCE_CLOSED)) {
      kept.forEach(
          socket -> {
            try {
              socket.close();
            } catch (IOException ignored) {
              // It is gone either way.
            }
          });
    }
  }
}
