package dev.yagura.cloudfront.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives connections that only read. */
@FunctionalInterface
public interface ReadConnections {
  /** A connection of its own for the caller, who closes it. */
  Connection open() throws SQLException;
}
