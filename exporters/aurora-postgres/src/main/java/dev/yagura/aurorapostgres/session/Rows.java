package dev.yagura.aurorapostgres.session;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer into rows: numbers and booleans as numbers, everything else as text. */
final class Rows {
  /** Counters of idle relations are mostly small; these need no object of their own. */
  private static final Double[] SMALL = new Double[256];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = (double) i;
    }
  }

  private Rows() {}

  static List<Row> read(ResultSet result) throws SQLException {
    ResultSetMetaData metadata = result.getMetaData();
    int count = metadata.getColumnCount();
    Map<String, Integer> columns = new HashMap<>(count * 2);
    boolean[] numeric = new boolean[count];
    boolean[] bool = new boolean[count];
    for (int i = 0; i < count; i++) {
      columns.put(metadata.getColumnLabel(i + 1), i);
      int type = metadata.getColumnType(i + 1);
      bool[i] = type == Types.BIT || type == Types.BOOLEAN;
      numeric[i] = isNumeric(type);
    }
    List<Row> rows = new ArrayList<>();
    while (result.next()) {
      @Nullable Object[] cells = new Object[count];
      for (int i = 0; i < count; i++) {
        if (numeric[i]) {
          double number = result.getDouble(i + 1);
          cells[i] = result.wasNull() ? null : box(number);
        } else if (bool[i]) {
          boolean value = result.getBoolean(i + 1);
          cells[i] = result.wasNull() ? null : box(value ? 1 : 0);
        } else {
          cells[i] = text(result.getBytes(i + 1));
        }
      }
      rows.add(new Row(columns, cells));
    }
    return rows;
  }

  private static boolean isNumeric(int type) {
    return switch (type) {
      case Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL ->
          true;
      default -> false;
    };
  }

  private static Double box(double number) {
    int small = (int) number;
    return small == number && small >= 0 && small < SMALL.length && !isNegativeZero(number)
        ? SMALL[small]
        : Double.valueOf(number);
  }

  private static boolean isNegativeZero(double number) {
    return number == 0 && 1 / number < 0;
  }

  /**
   * Bytes that are no UTF-8, as a SQL_ASCII database may hold, become the replacement character.
   */
  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
