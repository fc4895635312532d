package dev.yagura.accesslog.ingest;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a wrong statement from a disk that is full, broken or busy. */
final class SqlFaults {
  private static final int PRIMARY = 0xFF;
  private static final Set<Integer> OURS =
      Set.of(
          SQLiteErrorCode.SQLITE_ERROR.code,
          SQLiteErrorCode.SQLITE_TOOBIG.code,
          SQLiteErrorCode.SQLITE_CONSTRAINT.code,
          SQLiteErrorCode.SQLITE_MISMATCH.code,
          SQLiteErrorCode.SQLITE_MISUSE.code,
          SQLiteErrorCode.SQLITE_RANGE.code);

  private SqlFaults() {}

  /** Whether it would fail again on a healthy disk. */
  static boolean isOurs(SQLException e) {
    return e instanceof SQLiteException known
        && OURS.contains(known.getResultCode().code & PRIMARY);
  }
}
