package dev.yagura.loggenerator;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Requests, one after the other, nearly in the order of time. Not for several threads. */
public final class Traffic {
  private static final String[] EDGES = {
    "NRT57-P4", "IAD89-C1", "FRA56-P8", "SIN2-C1", "GRU3-P2", "LHR61-C2", "SEA19-C2", "DFW3"
  };
  private static final String[] HOSTS = {"www.example.com", "img.example.com", "d1.example.net"};
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final int ID_LENGTH = 54;
  private static final int INVENTED_EVERY = 4;
  private static final int PRESENT = 100;
  private static final int REQUESTS_A_VISIT = 8;

  private final SplittableRandom random;
  private final Popularity popularity;
  private final Instant start;
  private final Duration span;
  private final int inventedTypes;
  private final @Nullable Visitor[] present = new @Nullable Visitor[PRESENT];

  /**
   * Traffic that is the same for the same arguments.
   *
   * @param start of the time in which the requests lie
   * @param inventedTypes how many result types occur that nobody knows, in every fourth line or so
   */
  public Traffic(
      long seed, Popularity popularity, Instant start, Duration span, int inventedTypes) {
    this.random = new SplittableRandom(seed);
    this.popularity = popularity;
    this.start = start;
    this.span = span;
    this.inventedTypes = inventedTypes;
  }

  /** For what is not a request and must be the same for the same seed as well. */
  SplittableRandom random() {
    return random;
  }

  /**
   * The next request.
   *
   * @param done the part of the whole that was made before, from 0 to 1
   */
  Request next(double done) {
    WebObject object = WebObject.number(popularity.next(random));
    Outcome outcome = Outcome.pick(random);
    if (inventedTypes > 0 && random.nextInt(INVENTED_EVERY) == 0) {
      outcome = outcome.called("Invented" + random.nextInt(inventedTypes));
    }
    String method = method();
    long body = method.equals("HEAD") ? 0 : object.bytes() * outcome.size() / 100;
    int firstByte = (int) Math.exp(random.nextDouble() * (outcome.result().equals("Hit") ? 3 : 7));
    return new Request(
        time(done),
        EDGES[random.nextInt(EDGES.length)],
        visitor(),
        method,
        HOSTS[random.nextInt(HOSTS.length)],
        object,
        query(),
        referer(),
        outcome,
        id(),
        body + random.nextInt(250, 900),
        random.nextInt(40, 900),
        firstByte + (int) Math.exp(random.nextDouble() * 6),
        firstByte,
        random.nextInt(1024, 65_536));
  }

  private long time(double done) {
    long late = random.nextInt(10_000);
    long at = (long) (span.toMillis() * done) - late;
    return start.plusMillis(Math.max(0, at)).toEpochMilli();
  }

  /** One of those that are there at the moment; now and then one goes and another comes. */
  private Visitor visitor() {
    int seat = random.nextInt(present.length);
    Visitor visitor = present[seat];
    if (visitor == null || random.nextInt(REQUESTS_A_VISIT) == 0) {
      visitor = Visitor.number(random.nextInt());
      present[seat] = visitor;
    }
    return visitor;
  }

  private String method() {
    return switch (random.nextInt(40)) {
      case 0 -> "HEAD";
      case 1 -> "POST";
      case 2 -> "OPTIONS";
      default -> "GET";
    };
  }

  private String query() {
    return switch (random.nextInt(10)) {
      case 0 -> "w=" + random.nextInt(1, 9) * 100 + "&v=" + random.nextInt(9);
      case 1 -> "utm_source=mail&q=" + Visitor.hex(random, 6) + "%2520a&w=320";
      case 2 -> "token=" + Visitor.hex(random, 8) + "&v=&w";
      default -> "-";
    };
  }

  private String referer() {
    return switch (random.nextInt(4)) {
      case 0 -> "-";
      case 1 -> "https://www.google.com/";
      default -> "https://www.example.com" + WebObject.number(random.nextInt(1000)).path();
    };
  }

  private String id() {
    var id = new StringBuilder(ID_LENGTH + 2);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(BASE64.charAt(random.nextInt(BASE64.length())));
    }
    return id.append("==").toString();
  }
}
