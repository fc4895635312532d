package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.PostgresServer;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeastPrivilegeIT {
  static java.util.List<Integer> majors() {
    return PostgresServer.majors();
  }

  @ParameterizedTest
  @MethodSource("majors")
  void aRoleWithPgMonitorAloneIsEnough(int major) throws Exception {
    PostgresServer server = PostgresServer.shared(major);
    server.execute("postgres", role("monitor_only", "IN ROLE pg_monitor"));
    try (Watch watch = watch(server, "monitor_only")) {
      ParsedExposition scrape = watch.scrape();
      assertThat(scrape.samples("yagura_scrape_success"))
          .isNotEmpty()
          .allMatch(success -> success.value() == 1);
    }
  }

  @Test
  void aRoleWithoutPgMonitorShowsWhatItMayReadAndSaysWhatItMayNot() throws Exception {
    PostgresServer server = PostgresServer.shared(17);
    server.execute("postgres", role("nobody", ""));
    try (Watch watch = watch(server, "nobody")) {
      ParsedExposition scrape = watch.scrape();
      assertThat(scrape.value("pg_up")).isEqualTo(OptionalDouble.of(1));
      assertThat(scrape.value("yagura_scrape_success", "scraper", "wal"))
          .isEqualTo(OptionalDouble.of(0));
      assertThat(scrape.samples("yagura_scrape_failures_total"))
          .isNotEmpty()
          .allMatch(failure -> failure.label("reason").equals("denied"));
    }
  }

  private static String role(String name, String membership) {
    return "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') THEN CREATE ROLE %s LOGIN %s; END IF; END $$"
        .formatted(name, name, membership);
  }

  private static Watch watch(PostgresServer server, String role) {
    return Watch.of(
        "",
        Map.of(
            "DATA_SOURCE_NAME",
            "postgresql://" + role + "@127.0.0.1:" + server.port() + "/postgres?sslmode=disable"));
  }
}
