package dev.yagura.loggenerator;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes the lines of one file, line ends and headers included. */
final class LineMaker {
  private static final int FAR_TOO_LONG = 1 << 20;

  private final LogPlan plan;
  private final Traffic traffic;
  private final SplittableRandom random;
  private final String end;
  private final List<Flaw> flaws;

  LineMaker(LogPlan plan, Traffic traffic) {
    this.plan = plan;
    this.traffic = traffic;
    this.random = traffic.random();
    this.end = plan.carriageReturns() ? "\r\n" : "\n";
    this.flaws = plan.flaws().stream().sorted().toList();
  }

  /** The line with this number, from 0, and the header before it where there is one. */
  String line(int number) {
    var text = new StringBuilder(1024);
    boolean again = plan.headerEvery() > 0 && number > 0 && number % plan.headerEvery() == 0;
    if (plan.format().hasHeader() && (number == 0 || again)) {
      header(text);
    }
    Request request = traffic.next((double) number / plan.lines());
    boolean flawed = !flaws.isEmpty() && random.nextInt(plan.flawedEvery()) == 0;
    if (flawed) {
      flawed(flaws.get(random.nextInt(flaws.size())), request, text);
    } else {
      line(request, null, text);
    }
    if (number < plan.lines() - 1 || plan.lastNewline()) {
      text.append(end);
    }
    return text.toString();
  }

  private void header(StringBuilder text) {
    if (plan.format() == LogFormat.V1) {
      text.append("#Version: 1.0").append(end);
    }
    text.append("#Fields: ").append(String.join(" ", plan.fields())).append(end);
  }

  private void flawed(Flaw flaw, Request request, StringBuilder text) {
    int start = text.length();
    line(request, flaw, text);
    switch (flaw) {
      case TOO_FEW_COLUMNS -> {
        if (plan.format() == LogFormat.JSON) {
          int comma = text.indexOf(",", start);
          text.setLength(comma < 0 ? text.length() : comma);
          text.append('}');
        } else {
          text.setLength(start + random.nextInt(1, text.length() - start + 1));
        }
      }
      case BAD_JSON -> text.setLength(start + random.nextInt(1, text.length() - start));
      default -> {}
    }
  }

  private String delimiter() {
    return Character.toString(plan.delimiter());
  }

  private void line(Request request, @Nullable Flaw flaw, StringBuilder text) {
    boolean json = plan.format() == LogFormat.JSON;
    text.append(json ? "{" : "");
    for (int i = 0; i < plan.fields().size(); i++) {
      String field = plan.fields().get(i);
      String value = value(request, field, flaw);
      if (json) {
        text.append(i == 0 ? "\"" : ",\"");
        JsonText.append(field, random, text);
        text.append("\":\"");
        JsonText.append(value, random, text);
        text.append('"');
      } else {
        text.append(i == 0 ? "" : delimiter()).append(withoutDelimiter(value));
      }
    }
    text.append(json ? "}" : "");
  }

  private String value(Request request, String field, @Nullable Flaw flaw) {
    boolean realTime = plan.format() == LogFormat.REAL_TIME;
    if (flaw == Flaw.BAD_NUMBER && field.equals("sc-bytes")) {
      return random.nextBoolean() ? "12x4" : "-7";
    }
    if (flaw == Flaw.BAD_TIME) {
      if (field.equals("date") || field.startsWith("timestamp")) {
        return "2026-99-22";
      }
    }
    if (flaw == Flaw.TOO_LONG && field.equals("cs-uri-stem")) {
      return request.value(field) + "x".repeat(FAR_TOO_LONG);
    }
    if (realTime && field.equals("cs-uri-stem")) {
      return request.value("stem-with-query");
    }
    if (realTime && field.equals("x-host-header")) {
      return request.value("x-host-header-swapped");
    }
    return request.value(field);
  }

  private String withoutDelimiter(String value) {
    char delimiter = plan.delimiter();
    if (delimiter == '\t' || value.indexOf(delimiter) < 0) {
      return value;
    }
    return value.replace(delimiter(), "%" + Integer.toHexString(delimiter | 0x100).substring(1));
  }
}
