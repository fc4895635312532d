package dev.yagura.cloudfront.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.yagura.cloudfront.count.Column;
import dev.yagura.cloudfront.count.Counts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The report as one JSON object: the console's columns in snake case, numbers as numbers. */
public final class JsonReport {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonReport() {}

  /**
   * Renders it, ending in a newline.
   *
   * @param unread how many files could not be read
   */
  public static String render(PopularObjects report, int unread) {
    var out = new StringWriter(1024 + 400 * report.entries().size());
    try (JsonGenerator json = FACTORY.createGenerator(out).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      header(json, report, unread);
      json.writeObjectFieldStart("totals");
      counts(json, report.totals());
      json.writeEndObject();
      if (report.before().isPresent()) {
        json.writeObjectFieldStart("totals_before");
        counts(json, report.before().get());
        json.writeEndObject();
      } else {
        json.writeNullField("totals_before");
      }
      json.writeArrayFieldStart("objects");
      int rank = 0;
      for (PopularObjects.Entry entry : report.entries()) {
        rank++;
        json.writeStartObject();
        json.writeNumberField("rank", rank);
        json.writeStringField("object", ObjectText.wellFormed(entry.object()));
        counts(json, entry.counts());
        before(json, entry.before());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string was not written", e);
    }
    return out.append('\n').toString();
  }

  private static void header(JsonGenerator json, PopularObjects report, int unread)
      throws IOException {
    ReportQuery query = report.query();
    json.writeStringField("report", "popular_objects");
    json.writeNumberField("version", 1);
    json.writeStringField("distribution_id", ObjectText.wellFormed(query.distribution()));
    text(json, "friendly_name", report.friendlyName().map(ObjectText::wellFormed));
    json.writeStringField("start", Times.iso(query.start()));
    json.writeStringField("end", Times.iso(query.end()));
    json.writeStringField("generated", Times.iso(report.generated()));
    text(json, "newest_event", report.newestEvent().map((Instant at) -> Times.iso(at)));
    json.writeStringField("order", query.order().label());
    json.writeNumberField("top", query.top());
    json.writeNumberField("bound", report.bound());
    json.writeNumberField("unread_files", unread);
  }

  private static void text(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    } else {
      json.writeNullField(name);
    }
  }

  private static void before(JsonGenerator json, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField("before", value.getAsLong());
    } else {
      json.writeNullField("before");
    }
  }

  private static void counts(JsonGenerator json, Counts counts) throws IOException {
    json.writeNumberField("request_count", counts.get(Column.REQUESTS));
    json.writeNumberField("hit_count", counts.get(Column.HITS));
    json.writeNumberField("miss_count", counts.get(Column.MISSES));
    Optional<BigDecimal> percent = Quantity.hitPercent(counts);
    if (percent.isPresent()) {
      json.writeNumberField("hit_count_pct", percent.get());
    } else {
      json.writeNullField("hit_count_pct");
    }
    json.writeNumberField("bytes_from_misses", counts.get(Column.BYTES_FROM_MISSES));
    json.writeNumberField("total_bytes", counts.get(Column.BYTES));
    json.writeNumberField("incomplete_download_count", counts.get(Column.INCOMPLETE_DOWNLOADS));
    json.writeNumberField("http_2xx", counts.get(Column.HTTP_2XX));
    json.writeNumberField("http_3xx", counts.get(Column.HTTP_3XX));
    json.writeNumberField("http_4xx", counts.get(Column.HTTP_4XX));
    json.writeNumberField("http_5xx", counts.get(Column.HTTP_5XX));
  }
}
