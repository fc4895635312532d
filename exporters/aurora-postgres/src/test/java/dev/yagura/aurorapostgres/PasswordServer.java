package dev.yagura.aurorapostgres;

import dev.yagura.testing.PostgresServer;
import java.sql.SQLException;
import java.util.Map;

/** A server where everybody but the superuser needs a password; the role {@code reader} has one. */
final class PasswordServer {
  private PasswordServer() {}

  static PostgresServer start(Map<String, String> settings) throws SQLException {
    PostgresServer server = PostgresServer.start(17, settings);
    server.execute(
        "postgres",
        "CREATE ROLE reader LOGIN PASSWORD 'right' IN ROLE pg_monitor",
        "CREATE TEMP TABLE hba (line text)",
        "CREATE FUNCTION pg_temp.require_passwords() RETURNS void LANGUAGE plpgsql AS $$"
            + " BEGIN EXECUTE format('COPY (SELECT unnest(ARRAY["
            + "''host all postgres 127.0.0.1/32 trust'',"
            + "''host all all 127.0.0.1/32 scram-sha-256''])) TO %L',"
            + " current_setting('hba_file')); END $$",
        "SELECT pg_temp.require_passwords()",
        "SELECT pg_reload_conf()");
    return server;
  }
}
