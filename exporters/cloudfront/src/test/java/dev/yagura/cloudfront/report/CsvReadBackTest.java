package dev.yagura.cloudfront.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.cloudfront.count.Counts;
import dev.yagura.cloudfront.count.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is what a plain parser of RFC 4180 reads. */
class CsvReadBackTest {
  @Provide
  Arbitrary<List<String>> objects() {
    Arbitrary<String> wild =
        Arbitraries.strings()
            .withChars("/a,\"'=+-@\t\r\n \u00E9\u202E\uFF1D")
            .ofMinLength(0)
            .ofMaxLength(8);
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(20).map(ObjectText::wellFormed);
    return Arbitraries.oneOf(wild, any).list().ofMaxSize(8);
  }

  @Property(tries = 500)
  void everyValueIsReadBack(
      @ForAll("objects") List<String> objects,
      @ForAll("numbers") long requests,
      @ForAll("numbers") long hits) {
    List<PopularObjects.Entry> entries = new ArrayList<>();
    for (String object : objects) {
      entries.add(
          Reports.entry(object, OptionalLong.empty(), requests, hits, 3, 4, 5, 6, 7, 8, 9, 10));
    }
    String csv =
        CsvReport.render(Reports.of(Reports.query(Order.REQUESTS), entries, Counts.NONE, 0), 0);
    List<List<String>> rows = parse(csv);
    assertThat(rows).hasSize(7 + objects.size());
    assertThat(rows.subList(0, 6)).allSatisfy(row -> assertThat(row).hasSize(2));
    for (int i = 0; i < objects.size(); i++) {
      List<String> row = rows.get(7 + i);
      assertThat(row).hasSameSizeAs(rows.get(6));
      assertThat(withoutGuard(row.get(2))).isEqualTo(objects.get(i));
      assertThat(row.get(2)).doesNotContainPattern("\\A[=+\\-@\t\r\n\uFF1D]");
      assertThat(row.get(3)).isEqualTo(Long.toString(requests));
      assertThat(row.get(4)).isEqualTo(Long.toString(hits));
      if (requests == 0) {
        assertThat(row.get(6)).isEqualTo("-");
      } else {
        BigDecimal exact = BigDecimal.valueOf(hits).multiply(BigDecimal.valueOf(100));
        assertThat(
                new BigDecimal(row.get(6)).multiply(BigDecimal.valueOf(requests)).subtract(exact))
            .isBetween(
                BigDecimal.valueOf(requests).multiply(new BigDecimal("-0.005")),
                BigDecimal.valueOf(requests).multiply(new BigDecimal("0.005")));
      }
      assertThat(row.subList(7, 14)).containsExactly("4", "5", "6", "7", "8", "9", "10");
    }
  }

  @Provide
  Arbitrary<Long> numbers() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE / 200);
  }

  /** As the class says: one apostrophe is taken off where a formula stands behind them all. */
  private static String withoutGuard(String cell) {
    return cell.matches("(?s)'+[=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20].*")
        ? cell.substring(1)
        : cell;
  }

  /** RFC 4180 as it is written, and nothing more. */
  private static List<List<String>> parse(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int i = 0;
    while (i < csv.length()) {
      var cell = new StringBuilder();
      if (csv.charAt(i) == '"') {
        i++;
        while (csv.charAt(i) != '"' || (i + 1 < csv.length() && csv.charAt(i + 1) == '"')) {
          cell.append(csv.charAt(i));
          i += csv.charAt(i) == '"' ? 2 : 1;
        }
        i++;
      } else {
        while (",\r\n\"".indexOf(csv.charAt(i)) < 0) {
          cell.append(csv.charAt(i));
          i++;
        }
      }
      row.add(cell.toString());
      if (csv.charAt(i) == ',') {
        i++;
      } else {
        assertThat(csv.substring(i, i + 2)).isEqualTo("\r\n");
        i += 2;
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    assertThat(row).isEmpty();
    return rows;
  }
}
