package dev.yagura.aurorapostgres.session;

import dev.yagura.core.scrape.UnsupportedException;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The statement to send, by the oldest server major version that understands it. */
public final class VersionedSql {
  private final NavigableMap<Integer, String> byMajor;

  private VersionedSql(NavigableMap<Integer, String> byMajor) {
    this.byMajor = byMajor;
  }

  /** A statement for this major version and all newer ones. */
  public static VersionedSql since(int major, String sql) {
    return new VersionedSql(new TreeMap<>()).andSince(major, sql);
  }

  /** This, with another statement from this major version on. */
  public VersionedSql andSince(int major, String sql) {
    var more = new TreeMap<>(byMajor);
    more.put(major, sql);
    return new VersionedSql(more);
  }

  /**
   * The statement for a server.
   *
   * @throws UnsupportedException if the server is older than the oldest statement
   */
  public String forServer(int major) throws UnsupportedException {
    Map.Entry<Integer, String> entry = byMajor.floorEntry(major);
    if (entry == null) {
      throw new UnsupportedException(
          "needs PostgreSQL " + byMajor.firstKey() + ", the server is " + major);
    }
    return entry.getValue();
  }

  /** Every statement there is. */
  public Collection<String> all() {
    return byMajor.values();
  }
}
