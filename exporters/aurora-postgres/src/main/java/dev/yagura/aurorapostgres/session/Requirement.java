package dev.yagura.aurorapostgres.session;

import dev.yagura.core.scrape.UnsupportedException;

/** What a server must have before a question makes sense there. */
@FunctionalInterface
public interface Requirement {
  /**
   * Looks at what is known of the server; asks it nothing.
   *
   * @throws UnsupportedException if the server lacks it, saying what
   */
  void check(ServerInfo server) throws UnsupportedException;

  /** An Aurora with this function. */
  static Requirement auroraFunction(String function) {
    return server -> {
      if (!server.aurora()) {
        throw new UnsupportedException("needs Aurora");
      }
      if (!server.hasAurora(function)) {
        throw new UnsupportedException("needs an Aurora version with " + function + "()");
      }
    };
  }

  /**
   * Any PostgreSQL but Aurora.
   *
   * @param why what Aurora lacks, as one clause
   */
  static Requirement notAurora(String why) {
    return server -> {
      if (server.aurora()) {
        throw new UnsupportedException("not on Aurora: " + why);
      }
    };
  }

  /** An extension that is installed in the database this connection is in. */
  static Requirement extension(String extension) {
    return server -> {
      if (!server.extensions().containsKey(extension)) {
        throw new UnsupportedException(
            "needs the extension " + extension + " in database " + server.database());
      }
    };
  }
}
