package dev.yagura.cloudfront.report;

import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reports to render: one of every day, one that means harm, one of nothing. */
final class Reports {
  static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
  static final Instant END = Instant.parse("2026-11-23T09:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-23T08:27:49Z");
  static final String DISTRIBUTION = "E2EXAMPLE1SHOP";

  private Reports() {}

  static ReportQuery query(Order order) {
    return new ReportQuery(DISTRIBUTION, START, END, 50, order);
  }

  static PopularObjects of(
      ReportQuery query, List<PopularObjects.Entry> entries, Counts totals, long bound) {
    return new PopularObjects(
        query,
        Optional.of("shop.example"),
        NOW,
        entries,
        totals,
        Optional.of(totals),
        bound,
        Optional.of(NOW.minusSeconds(754)));
  }

  static PopularObjects ordinary(Order order) {
    List<PopularObjects.Entry> entries =
        List.of(
            entry(
                "/video/launch.mp4",
                OptionalLong.of(order == Order.REQUESTS ? 20_000 : 1_000_000_000_000L),
                30_211,
                29_000,
                1_000,
                1_234_567_890_123L,
                45_678_901_234_567L,
                112,
                30_000,
                100,
                100,
                11),
            entry("/index.html", OptionalLong.of(25_000), 24_001, 24_001, 0, 0, 99_999, 0, 24_001),
            entry("/favicon.ico", OptionalLong.empty(), 1_999, 0, 3, 1_022, 1_999_500, 0, 0, 1_999),
            entry("/x", OptionalLong.of(0), 0));
    Counts totals =
        Counts.of(
            60_000,
            53_500,
            1_100,
            1_234_600_000_000L,
            45_679_000_000_000L,
            112,
            54_500,
            2_100,
            3_300,
            100);
    Counts before =
        Counts.of(
            50_000, 40_000, 4_400, 1_500_000_000_000L, 45_679_000_000_000L, 0, 50_000, 0, 0, 0);
    return new PopularObjects(
        query(order),
        Optional.of("shop.example"),
        NOW,
        entries,
        totals,
        Optional.of(before),
        0,
        Optional.of(NOW.minusSeconds(754)));
  }

  /** Names that whoever sends requests can choose. */
  static final List<String> HOSTILE =
      List.of(
          "/<script>alert(1)</script>",
          "/\"quoted\", 'and' & more",
          "/line\r\nbreak",
          "=cmd|' /C calc'!A0",
          "'=already",
          "@SUM(1+1)*cmd",
          "-2+3",
          "\t=tab",
          "/" + "long/".repeat(99) + "end",
          "/\u202Egpj.exe",
          "/\u05E9\u05DC\u05D5\u05DD",
          "/\u0000\u001B[31mred",
          "/\uFFFD\uFFFD",
          "\uDC00/half/\uD83D",
          "/smile/\uD83D\uDE00",
          "",
          " ");

  static PopularObjects hostile() {
    List<PopularObjects.Entry> entries = new ArrayList<>();
    long requests = 1_000;
    Counts totals = Counts.NONE;
    for (String object : HOSTILE) {
      PopularObjects.Entry entry = entry(object, OptionalLong.empty(), requests--, 1);
      totals = totals.plus(entry.counts());
      entries.add(entry);
    }
    PopularObjects plain = of(query(Order.REQUESTS), entries, totals, 17);
    return new PopularObjects(
        new ReportQuery("E1<\"&", START, END, 50, Order.REQUESTS),
        Optional.of("=1+1,<i>"),
        NOW,
        plain.entries(),
        plain.totals(),
        Optional.empty(),
        plain.bound(),
        plain.newestEvent());
  }

  static PopularObjects empty(Optional<Instant> newestEvent) {
    return new PopularObjects(
        query(Order.REQUESTS),
        Optional.empty(),
        NOW,
        List.of(),
        Counts.NONE,
        Optional.empty(),
        0,
        newestEvent);
  }

  static PopularObjects.Entry entry(String object, OptionalLong before, long... first) {
    long[] values = new long[10];
    System.arraycopy(first, 0, values, 0, first.length);
    return new PopularObjects.Entry(object, Counts.of(values), before);
  }
}
