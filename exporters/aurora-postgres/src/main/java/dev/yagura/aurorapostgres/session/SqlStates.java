package dev.yagura.aurorapostgres.session;

import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.sql.SQLException;

/** Sorts the server's and the driver's errors by their SQLSTATE. */
final class SqlStates {
  private static final String UNTRUSTED =
      "the server's certificate cannot be verified: name whom to trust by sslrootcert, for Aurora and"
          + " RDS AWS' bundle, https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem";

  private SqlStates() {}

  /**
   * A function, view or feature that this server does not have, or has not in its present state.
   */
  static boolean isUnsupported(SQLException e) {
    return switch (state(e)) {
      case "0A000", "55000", "42883", "42P01", "42703", "42704" -> true;
      default -> false;
    };
  }

  static UnsupportedException unsupported(SQLException e) {
    return new UnsupportedException(message(e));
  }

  static ScrapeException failure(SQLException e) {
    return new ScrapeException(
        reason(e), isUntrusted(e) ? message(e) + "; " + UNTRUSTED : message(e), e);
  }

  private static FailureReason reason(SQLException e) {
    if (isSocketTimeout(e)) {
      return FailureReason.TIMEOUT;
    }
    String state = state(e);
    return switch (state) {
      case "57014", "55P03", "25P03", "57P05" -> FailureReason.TIMEOUT;
      case "42501" -> FailureReason.DENIED;
      case "53300", "53200", "53400" -> FailureReason.THROTTLED;
      // The database was dropped, or the server is starting, stopping or was stopped.
      case "3D000", "57P01", "57P02", "57P03", "57P04" -> FailureReason.UNREACHABLE;
      default ->
          switch (state.length() < 2 ? state : state.substring(0, 2)) {
            case "08" -> FailureReason.UNREACHABLE;
            case "28" -> FailureReason.DENIED;
            case "53" -> FailureReason.THROTTLED;
            case "22", "XX" -> FailureReason.INVALID;
            default -> FailureReason.BUG;
          };
    };
  }

  /** Nobody whom we trust has signed the server's certificate. */
  private static boolean isUntrusted(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSocketTimeout(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  /** One line for people; the server's hints and positions are of no use to them here. */
  private static String message(SQLException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = text.lines().findFirst().orElse("").trim();
    return state(e).isEmpty() ? line : line + " (SQLSTATE " + state(e) + ")";
  }
}
