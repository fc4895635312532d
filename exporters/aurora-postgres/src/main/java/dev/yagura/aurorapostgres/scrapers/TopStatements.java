package dev.yagura.aurorapostgres.scrapers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Divides what all statements did since the last look among a bounded number of series: that of
 * each member by itself, that of everybody else as {@code other} of their group.
 *
 * <p><b>Every increment goes to exactly one series</b>, and to one that was shown before and is
 * shown after: the statement's own where it stays a member, else its group's. So the increases of
 * all series add up to the increase over all statements, in whole numbers and exactly. A statement
 * that becomes a member begins at 0, and its past stays in {@code other}; one that leaves takes its
 * series with it, and {@code other} does not jump. One that comes back begins at 0 again, which
 * reads as a reset.
 *
 * <p><b>Seats.</b> A statement enters when it is in the upper half of as many places as there are
 * seats, ranked by time since the last look. It leaves after some looks in a row beyond all places,
 * or at once when its seat is wanted and it is beyond them now; whoever has a claim always finds
 * such a one, because a seat that is taken by none of the places is left over.
 *
 * <p><b>Resets.</b> An entry that was not there before, or was begun anew, or of which any number
 * went down, counts in full; an entry that is gone counts nothing. At the first look, and after a
 * restart, nothing counts: what happened when is not known. Entries are compared one by one, for a
 * statement may have two, called by a client and by a function, that come and go apart.
 *
 * <p>Not safe for use by several threads. Holds one array for each entry there is.
 */
final class TopStatements {
  /** Whose total it is. */
  record Group(String database, String user) {}

  /** A statement, which may have two entries. */
  record StatementKey(Group group, long queryId) {}

  /** An entry's own key. */
  record ReadingKey(StatementKey statement, boolean topLevel) {}

  /**
   * What the server tells of an entry.
   *
   * @param since when it was begun to be counted; 0 where that is not told
   * @param totals whole numbers that only grow; the first one is the time that ranks
   */
  @SuppressWarnings("ArrayRecordComponent") // Thousands of them are kept, and none is compared.
  record Reading(ReadingKey key, double since, long[] totals) {}

  /**
   * One series.
   *
   * @param queryId null for {@code other}
   */
  @SuppressWarnings("ArrayRecordComponent") // As an entry.
  record Total(Group group, @Nullable Long queryId, long[] totals) {}

  private static final class Seat {
    private final long[] totals;
    private int beyond;

    Seat(int columns) {
      totals = new long[columns];
    }
  }

  /** Groups that have no statement any more are forgotten beyond so many. */
  private static final int MAX_GROUPS = 1_000;

  private final int seats;
  private final int patience;
  private final int columns;
  private final Map<StatementKey, Seat> members = new HashMap<>();
  private final Map<Group, long[]> others = new HashMap<>();
  private Map<ReadingKey, Reading> seen = Map.of();
  private double epoch = Double.NaN;

  /**
   * Nothing seen yet.
   *
   * @param seats the most members there may be, at least 2
   * @param patience looks in a row that a member may spend beyond the places
   * @param columns numbers a statement
   */
  TopStatements(int seats, int patience, int columns) {
    if (seats < 2 || patience < 1 || columns < 1) {
      throw new IllegalArgumentException("a top needs two seats, patience and a column");
    }
    this.seats = seats;
    this.patience = patience;
    this.columns = columns;
  }

  /**
   * Takes in what the server tells now.
   *
   * @param serverStart when the server started: after a restart all counts begin anew
   * @param entries each with a key of its own
   * @return every series, members before others
   */
  List<Total> look(double serverStart, List<Reading> entries) {
    boolean comparable = serverStart == epoch;
    Map<ReadingKey, Reading> now = new HashMap<>(entries.size() * 2);
    Map<StatementKey, long[]> totals = new HashMap<>(entries.size() * 2);
    Map<StatementKey, long[]> increments = new HashMap<>(entries.size() * 2);
    for (Reading entry : entries) {
      if (entry.totals().length != columns || now.put(entry.key(), entry) != null) {
        throw new IllegalArgumentException("not " + columns + " numbers, or twice: " + entry.key());
      }
      StatementKey key = entry.key().statement();
      add(totals.computeIfAbsent(key, unused -> new long[columns]), entry.totals());
      long[] increment = increments.computeIfAbsent(key, unused -> new long[columns]);
      if (comparable) {
        add(increment, increment(seen.get(entry.key()), entry));
      }
    }
    // Without a past, those with the most time until now are the likeliest to be on top.
    List<StatementKey> ranking = ranking(comparable ? increments : totals);
    leave(ranking);
    increments.forEach(this::credit);
    enter(ranking);
    seen = now;
    epoch = serverStart;
    forgetGroups(increments.keySet());
    return series();
  }

  private static long[] increment(@Nullable Reading before, Reading now) {
    if (before == null || before.since() != now.since()) {
      return now.totals();
    }
    long[] increment = new long[now.totals().length];
    for (int i = 0; i < increment.length; i++) {
      increment[i] = now.totals()[i] - before.totals()[i];
      if (increment[i] < 0) {
        return now.totals();
      }
    }
    return increment;
  }

  /** The statements that took any time, the longest first, no more than there are places. */
  private List<StatementKey> ranking(Map<StatementKey, long[]> times) {
    return times.entrySet().stream()
        .filter(entry -> entry.getValue()[0] > 0)
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<StatementKey, long[]> entry) -> -entry.getValue()[0])
                .thenComparing(entry -> entry.getKey().queryId())
                .thenComparing(entry -> entry.getKey().group().database())
                .thenComparing(entry -> entry.getKey().group().user()))
        .limit(seats)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Before anything is counted: whoever leaves has this look's increment counted as other's. */
  private void leave(List<StatementKey> ranking) {
    Set<StatementKey> places = new HashSet<>(ranking);
    members.forEach((key, seat) -> seat.beyond = places.contains(key) ? 0 : seat.beyond + 1);
    members.values().removeIf(seat -> seat.beyond >= patience);
    long wanted = claims(ranking).size() + members.size() - (long) seats;
    List<StatementKey> beyond =
        members.entrySet().stream()
            .filter(entry -> entry.getValue().beyond > 0)
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<StatementKey, Seat> entry) -> -entry.getValue().beyond)
                    .thenComparing(entry -> entry.getKey().queryId()))
            .map(Map.Entry::getKey)
            .toList();
    Iterator<StatementKey> next = beyond.iterator();
    for (long i = 0; i < wanted && next.hasNext(); i++) {
      members.remove(next.next());
    }
  }

  private void credit(StatementKey key, long[] increment) {
    Seat seat = members.get(key);
    long[] other = others.computeIfAbsent(key.group(), unused -> new long[columns]);
    add(seat == null ? other : seat.totals, increment);
  }

  /** After everything is counted: whoever enters begins at 0 with the next increment. */
  private void enter(List<StatementKey> ranking) {
    for (StatementKey key : claims(ranking)) {
      if (members.size() < seats) {
        members.put(key, new Seat(columns));
      }
    }
  }

  private List<StatementKey> claims(List<StatementKey> ranking) {
    return ranking.stream().limit(seats / 2).filter(key -> !members.containsKey(key)).toList();
  }

  private void forgetGroups(Set<StatementKey> keys) {
    if (others.size() > MAX_GROUPS) {
      Set<Group> present = new HashSet<>();
      keys.forEach(key -> present.add(key.group()));
      members.keySet().forEach(key -> present.add(key.group()));
      others.keySet().retainAll(present);
    }
  }

  private List<Total> series() {
    List<Total> series = new ArrayList<>(members.size() + others.size());
    members.forEach(
        (key, seat) -> series.add(new Total(key.group(), key.queryId(), seat.totals.clone())));
    others.forEach((group, totals) -> series.add(new Total(group, null, totals.clone())));
    return series;
  }

  /** The members now, in no order. */
  Set<StatementKey> members() {
    return Set.copyOf(members.keySet());
  }

  private static void add(long[] sum, long[] more) {
    Arrays.setAll(sum, i -> sum[i] + more[i]);
  }
}
