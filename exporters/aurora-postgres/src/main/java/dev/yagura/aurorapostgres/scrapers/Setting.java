package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.aurorapostgres.session.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One row of pg_settings as a sample: which family it is of, and its value in the base unit. */
record Setting(Key key, double value) {

  /**
   * What tells one parameter's family from another's.
   *
   * @param parameter as the server calls it
   * @param base {@code seconds}, {@code bytes}, or empty
   */
  record Key(String parameter, String base) {
    String family() {
      String name = SettingsScraper.PREFIX + NOT_IN_A_NAME.matcher(parameter).replaceAll("_");
      return base.isEmpty() ? name : name + "_" + base;
    }

    String help() {
      return "Server parameter "
          + parameter
          + (base.isEmpty() ? "" : ", in " + base)
          + ", from pg_settings.";
    }
  }

  private record Unit(String base, double size) {}

  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^a-zA-Z0-9_]");

  /** Aurora writes a unit behind some values: {@code 10s}. */
  private static final Pattern NUMBER =
      Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*([a-zA-Z]*)");

  /** Blocks: {@code 8kB} is the unit of what is counted in pages. */
  private static final Pattern UNIT = Pattern.compile("(\\d*)([a-zA-Z]+)");

  private static final Map<String, Unit> UNITS = new HashMap<>();

  static {
    UNITS.put("us", new Unit("seconds", 1e-6));
    UNITS.put("ms", new Unit("seconds", 1e-3));
    UNITS.put("s", new Unit("seconds", 1));
    UNITS.put("min", new Unit("seconds", 60));
    UNITS.put("h", new Unit("seconds", 3600));
    UNITS.put("d", new Unit("seconds", 86400));
    UNITS.put("B", new Unit("bytes", 1));
    UNITS.put("kB", new Unit("bytes", 0x1p10));
    UNITS.put("MB", new Unit("bytes", 0x1p20));
    UNITS.put("GB", new Unit("bytes", 0x1p30));
    UNITS.put("TB", new Unit("bytes", 0x1p40));
  }

  /** Null where the value or the unit is none that can be read. */
  static @Nullable Setting of(Row row) {
    String value = row.text("setting");
    if (value == null) {
      return null;
    }
    return of(row.text("name", ""), row.text("vartype", ""), value, row.text("unit", ""));
  }

  static @Nullable Setting of(String parameter, String type, String value, String unitName) {
    if (type.equals("bool")) {
      return new Setting(new Key(parameter, ""), value.equals("on") ? 1 : 0);
    }
    Matcher number = NUMBER.matcher(value.trim());
    if (!number.matches()) {
      return null;
    }
    double amount = Double.parseDouble(number.group(1));
    Unit written = unit(number.group(2));
    if (written == null && !number.group(2).isEmpty()) {
      return null;
    }
    if (unitName.isEmpty()) {
      return new Setting(new Key(parameter, ""), amount);
    }
    Unit unit = unit(unitName);
    if (unit == null || (written != null && !written.base().equals(unit.base()))) {
      return null;
    }
    // By convention a switch that is off, and no amount of anything.
    boolean off = amount == -1;
    return new Setting(
        new Key(parameter, unit.base()),
        off ? amount : scaled(amount, written == null ? unit : written));
  }

  /** Division keeps 1 ms exact where a product with 0.001 would not. */
  private static double scaled(double amount, Unit unit) {
    return unit.size() < 1 ? amount / Math.rint(1 / unit.size()) : amount * unit.size();
  }

  private static @Nullable Unit unit(String name) {
    Unit plain = UNITS.get(name);
    if (plain != null) {
      return plain;
    }
    Matcher blocks = UNIT.matcher(name);
    if (!blocks.matches() || blocks.group(1).isEmpty() || blocks.group(1).length() > 9) {
      return null;
    }
    Unit of = UNITS.get(blocks.group(2));
    return of == null ? null : new Unit(of.base(), of.size() * Integer.parseInt(blocks.group(1)));
  }
}
