package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The faults that hold at one time, and what those hold back who are in them. */
record Weather(List<Zone> zones, Frost frost) {
  /** The calls that a fault is for. */
  record Zone(Fault fault, Predicate<AwsCall> which) {}

  static Weather fine() {
    return new Weather(List.of(), new Frost());
  }

  /** The same with one fault more. */
  Weather and(Fault fault, Predicate<AwsCall> which) {
    List<Zone> more = new ArrayList<>(zones);
    more.add(new Zone(fault, which));
    return new Weather(List.copyOf(more), frost);
  }

  /** The healthy answer, or what the faults for this call make of it, the first outermost. */
  Answer answer(Call call, AwsCall logged, Supplier<Answer> healthy) {
    return from(0, call, logged, healthy);
  }

  private Answer from(int index, Call call, AwsCall logged, Supplier<Answer> healthy) {
    if (index == zones.size()) {
      return healthy.get();
    }
    Zone zone = zones.get(index);
    Supplier<Answer> rest = () -> from(index + 1, call, logged, healthy);
    Instant now = logged.at();
    return zone.which().test(logged) ? zone.fault().answer(call, now, frost, rest) : rest.get();
  }
}
