package dev.yagura.cloudfront.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests by a seed: few objects have most of them. */
final class RandomRequests {
  private static final List<String> RESULTS =
      List.of("Hit", "Miss", "RefreshHit", "Error", "LimitExceeded");
  private static final int[] STATUSES = {200, 200, 200, 206, 304, 404, 503, 0};

  private final Random random;
  private final int objects;

  RandomRequests(long seed, int objects) {
    this.random = new Random(seed);
    this.objects = objects;
  }

  Random random() {
    return random;
  }

  /** So many, within some hours before an instant. */
  List<Request> some(int count, Instant before, int hours) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double rank = Math.pow(objects, random.nextDouble());
      requests.add(
          new Request(
              "/object/" + (int) rank,
              before.minusSeconds(1 + random.nextInt(hours * 3600)),
              STATUSES[random.nextInt(STATUSES.length)],
              random.nextInt(100_000),
              RESULTS.get(random.nextInt(RESULTS.size())),
              RESULTS.get(random.nextInt(RESULTS.size()))));
    }
    return requests;
  }
}
