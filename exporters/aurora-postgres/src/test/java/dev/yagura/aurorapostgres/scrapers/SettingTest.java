package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingTest {

  @ParameterizedTest
  @CsvSource({
    "deadlock_timeout,     1000,  ms,   pg_settings_deadlock_timeout_seconds, 1",
    "vacuum_cost_delay,    2.5,   ms,   pg_settings_vacuum_cost_delay_seconds, 0.0025",
    "checkpoint_timeout,   300,   s,    pg_settings_checkpoint_timeout_seconds, 300",
    "log_rotation_age,     1440,  min,  pg_settings_log_rotation_age_seconds, 86400",
    "an.hour,              2,     h,    pg_settings_an_hour_seconds, 7200",
    "a.day,                2,     d,    pg_settings_a_day_seconds, 172800",
    "track_query_size,     1024,  B,    pg_settings_track_query_size_bytes, 1024",
    "work_mem,             4096,  kB,   pg_settings_work_mem_bytes, 4194304",
    "max_wal_size,         1024,  MB,   pg_settings_max_wal_size_bytes, 1073741824",
    "shared_buffers,       16384, 8kB,  pg_settings_shared_buffers_bytes, 134217728",
    "segments,             3,     16MB, pg_settings_segments_bytes, 50331648",
    "random_page_cost,     1.1,   '',   pg_settings_random_page_cost, 1.1",
    "auto_explain.log-min, 1e-3,  '',   pg_settings_auto_explain_log_min, 0.001",
  })
  void valuesAreInSecondsAndBytes(
      String parameter, String value, String unit, String family, double expected) {
    Setting setting = Objects.requireNonNull(Setting.of(parameter, "real", value, unit));

    assertThat(setting.key().family()).isEqualTo(family);
    assertThat(setting.value()).isEqualTo(expected);
  }

  @Test
  void aSwitchIsOneOrZero() {
    assertThat(Setting.of("jit", "bool", "on", "")).extracting(Setting::value).isEqualTo(1.0);
    assertThat(Setting.of("jit", "bool", "off", "")).extracting(Setting::value).isEqualTo(0.0);
  }

  @Test
  void minusOneMeansOffAndIsNotConverted() {
    Setting off = Objects.requireNonNull(Setting.of("log_min_duration", "integer", "-1", "ms"));

    assertThat(off.key().family()).isEqualTo("pg_settings_log_min_duration_seconds");
    assertThat(off.value()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "10s, s, 10",
    "10s, ms, 10",
    "10 s, s, 10",
    "10s, '', 10",
    "10d, '', 10",
    "2GB, kB, 2147483648"
  })
  void aValueThatCarriesItsOwnUnitIsReadWhole(String value, String unit, double expected) {
    assertThat(Setting.of("apg.lag", "integer", value, unit))
        .extracting(Setting::value)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"10, parsec", "10, 8parsec", "10, kB8", "10s, kB", "10parsec, s", "NaN, ''", "'', s"})
  void whatCannotBeReadIsAbsent(String value, String unit) {
    assertThat(Setting.of("a.b", "integer", value, unit)).isNull();
  }

  @Test
  void theHelpNamesTheParameterAndTheUnit() {
    assertThat(new Setting.Key("shared_buffers", "bytes").help())
        .isEqualTo("Server parameter shared_buffers, in bytes, from pg_settings.");
    assertThat(new Setting.Key("a.b", "").help())
        .isEqualTo("Server parameter a.b, from pg_settings.");
  }
}
