package dev.yagura.loggenerator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Plans of small files of every format, width, order and delimiter. */
public final class AnyPlan {
  private static final String DELIMITERS = "\t\t, ;|";
  private static final int FLAWED_EVERY = 8;

  private AnyPlan() {}

  /**
   * One plan, the same for the same state of the random numbers.
   *
   * @param always columns that the file has, by any of their names, unless it is of version 1;
   *     others come by chance
   */
  public static LogPlan next(Random random, boolean flawed, Set<String> always) {
    List<LogFormat> formats = List.of(LogFormat.values());
    LogFormat format = formats.get(random.nextInt(formats.size()));
    EnumSet<Flaw> flaws = flawed ? EnumSet.allOf(Flaw.class) : EnumSet.noneOf(Flaw.class);
    if (format != LogFormat.JSON) {
      flaws.remove(Flaw.BAD_JSON);
    }
    boolean tab = format == LogFormat.V1 || format == LogFormat.REAL_TIME;
    return new LogPlan(
        format,
        fields(format, random, always),
        tab ? '\t' : DELIMITERS.charAt(random.nextInt(DELIMITERS.length())),
        random.nextInt(60),
        random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0,
        random.nextInt(4) == 0,
        random.nextInt(3) != 0,
        random.nextInt(4),
        flaws,
        FLAWED_EVERY);
  }

  private static List<String> fields(LogFormat format, Random random, Set<String> always) {
    if (format == LogFormat.V1) {
      int widths = LogFields.V1_WIDTHS.size();
      return LogFields.V1.subList(0, LogFields.V1_WIDTHS.get(random.nextInt(widths)));
    }
    List<String> all =
        new ArrayList<>(format == LogFormat.REAL_TIME ? LogFields.REAL_TIME : LogFields.V2);
    Collections.shuffle(all, random);
    Set<String> chosen = new LinkedHashSet<>(all.subList(0, 1 + random.nextInt(all.size())));
    all.stream().filter(always::contains).forEach(chosen::add);
    List<String> fields = new ArrayList<>(chosen);
    Collections.shuffle(fields, random);
    return fields;
  }
}
