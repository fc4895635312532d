package dev.yagura.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  @Test
  void prometheus2GetsOpenMetrics() {
    assertThat(
            Format.negotiate(
                "application/openmetrics-text;version=1.0.0,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
        .isEqualTo(Format.OPENMETRICS);
  }

  @Test
  void prometheus2WithNativeHistogramsGetsProtobuf() {
    assertThat(
            Format.negotiate(
                PROTOBUF
                    + ",application/openmetrics-text;version=1.0.0;q=0.8,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
        .isEqualTo(Format.PROTOBUF);
  }

  @Test
  void prometheus3GetsOpenMetrics() {
    assertThat(
            Format.negotiate(
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"))
        .isEqualTo(Format.OPENMETRICS);
  }

  @Test
  void prometheus3WithProtobufFirstGetsProtobuf() {
    assertThat(
            Format.negotiate(
                PROTOBUF
                    + ";q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"))
        .isEqualTo(Format.PROTOBUF);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        "text/plain;q=0",
        ",,;;q=,=",
        "application/openmetrics-text;q=",
        "application/openmetrics-text;q=yes",
        "application/openmetrics-text;q=NaN",
        "application/openmetrics-text;q=-1",
        "application/openmetrics-text;q=Infinity",
        "application/openmetrics-text;q=0",
        "application/openmetrics-textual",
        "application/vnd.google.protobuf",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text",
        "\0\uffff"
      })
  void whoAsksForNothingElseGetsText(@Nullable String accept) {
    assertThat(Format.negotiate(accept)).isEqualTo(Format.TEXT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain;q=0.5, application/openmetrics-text;q=0.6 | OPENMETRICS",
        "text/plain;q=0.7, application/openmetrics-text;q=0.6 | TEXT",
        "application/openmetrics-text ; version=1.0.0 ; q=0.2, text/plain; q=0.1 | OPENMETRICS",
        "APPLICATION/OPENMETRICS-TEXT | OPENMETRICS",
        "application/openmetrics-text;q=0.5, text/plain;q=0.5 | OPENMETRICS",
        "text/plain;q=0.5, application/openmetrics-text;q=0.5 | TEXT",
        "text/plain;q=0.5, application/openmetrics-text;q=9 | TEXT",
      })
  void theGreatestWeightWinsAndThenTheFirst(String accept, Format format) {
    assertThat(Format.negotiate(accept)).isEqualTo(format);
  }
}
