package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.LogObject;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.NonNull;

/**
 * What is counted of log files, and where the counts go.
 *
 * @param <D> what one file says
 */
public interface Tally<D extends @NonNull Object> {
  /** The statements that make its tables where they are missing; run at each start. */
  String schema();

  /**
   * Reads the committed state; also after a transaction that failed, so it replaces what is in
   * memory. Called under the same lock as {@link #add}. The connection may be another one than
   * before, so no statement is kept.
   */
  void load(Connection database) throws SQLException;

  /**
   * Reads one file, by any thread, beside others.
   *
   * @throws dev.yagura.accesslog.format.UnreadableLogException if reading it again would not help
   * @throws IOException if it broke off
   */
  D read(LogObject object, InputStream stored) throws IOException;

  /**
   * Adds what one file says, inside the transaction that also puts it into the ledger. Nothing of
   * it may be seen outside before {@link #publish}.
   *
   * @throws SQLException rolls the transaction back; {@link #load} follows
   */
  void add(D counts, Connection transaction) throws SQLException;

  /** The transaction is committed, or the state loaded: what was added may be seen. */
  void publish();
}
