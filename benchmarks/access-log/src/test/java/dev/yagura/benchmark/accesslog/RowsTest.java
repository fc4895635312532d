package dev.yagura.benchmark.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final String CSV =
      """
      Version,1.0
      DistributionID,E1
      DistributionID,FriendlyName,Object,RequestCount,HitCount,MissCount,HitCountPct,BytesFromMisses
      E1,,/a,9,5,4,55.56,30,90,1,9,0,0,0
      E1,,/b,3,3,0,100.00,0,12,0,0,3,0,0
      E1,,/c,3,3,0,100.00,0,12,0,0,3,0,0
      """;
  private static final String A = "9\t5\t4\t30\t90\t1\t9\t0\t0\t0\t/a\n";

  @Test
  void whatAwkPrintsIsComparedOnEveryColumn() {
    String rest = "3\t3\t0\t0\t12\t0\t0\t3\t0\t0\t/b\n3\t3\t0\t0\t12\t0\t0\t3\t0\t0\t/c\n";
    assertThat(difference(A + rest)).isEmpty();
    for (int column = 0; column < 10; column++) {
      String[] cells = A.split("\t", -1);
      cells[column] += "1";
      assertThat(difference(String.join("\t", cells) + rest)).isNotEmpty();
    }
  }

  @Test
  void equalsAtTheBorderMayBeOthers() {
    String equals = "3\t3\t0\t0\t12\t0\t0\t3\t0\t0\t/c\n3\t0\t0\t0\t1\t0\t0\t3\t0\t0\t/x\n";
    assertThat(difference(A + equals)).isEmpty();
    assertThat(difference(A)).isNotEmpty();
    assertThat(Rows.ofCsv("").differenceFrom(Rows.ofAwk(""))).isNotEmpty();
  }

  private static Optional<String> difference(String awk) {
    return Rows.ofCsv(CSV).differenceFrom(Rows.ofAwk(awk));
  }
}
