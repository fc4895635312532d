package dev.yagura.cloudfront.store;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Numbers in cells: counters one in each, fractions and errors packed, eight bytes each. */
final class Cells {
  private Cells() {}

  /** Sets the counters from a parameter on; gives the parameter behind them. */
  static int set(PreparedStatement statement, int first, long[] values) throws SQLException {
    int parameter = first;
    for (long value : values) {
      statement.setLong(parameter++, value);
    }
    return parameter;
  }

  /** Reads so many counters from a column on. */
  static long[] get(ResultSet rows, int first, int count) throws SQLException {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = rows.getLong(first + i);
    }
    return values;
  }

  static byte[] pack(double[] values) {
    var packed = ByteBuffer.allocate(values.length * Double.BYTES);
    for (double value : values) {
      packed.putDouble(value);
    }
    return packed.array();
  }

  /** Zeros if nothing is packed. */
  static double[] fractions(byte @Nullable [] packed, int count) {
    double[] values = new double[count];
    if (packed != null) {
      ByteBuffer.wrap(packed).asDoubleBuffer().get(values);
    }
    return values;
  }

  static byte[] pack(long[] values) {
    var packed = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      packed.putLong(value);
    }
    return packed.array();
  }

  /** Zeros if nothing is packed. */
  static long[] numbers(byte @Nullable [] packed, int count) {
    long[] values = new long[count];
    if (packed != null) {
      ByteBuffer.wrap(packed).asLongBuffer().get(values);
    }
    return values;
  }
}
