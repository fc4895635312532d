package dev.yagura.demo;

import dev.yagura.all.Yagura;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts a PostgreSQL of its own with a shop in it, dressed as an Aurora cluster, and the exporter
 * that watches it as a role that may no more than {@code pg_monitor}.
 */
public final class Demo {
  private static final Logger LIBRARY = Logger.getLogger("io.zonky.test");

  private Demo() {}

  /** Runs until it is told to stop; the arguments are those of {@code yagura}. */
  public static void main(String[] arguments) throws IOException, SQLException {
    List<String> forYagura = new ArrayList<>(List.of(arguments));
    if (forYagura.stream().anyMatch(argument -> argument.startsWith("--config.file"))) {
      System.err.println("--demo brings its own configuration; leave --config.file out");
      System.exit(2);
    }
    LIBRARY.setLevel(Level.OFF);
    System.err.println("demo: starting a PostgreSQL 17 with a small shop in it");
    EmbeddedPostgres postgres = start();
    var shop = new Shop(postgres.getJdbcUrl("postgres", "shop"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(shop, postgres), "demo-stop"));
    prepare(postgres);
    shop.open();
    System.err.println(
        "demo: the database is postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/shop");
    System.err.println("demo: open / for the state of each scraper, /metrics for the metrics");
    forYagura.add("--config.file");
    forYagura.add(configuration(postgres.getPort()).toString());
    Yagura.main(forYagura.toArray(String[]::new));
  }

  private static EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
        .setServerConfig("track_io_timing", "on")
        .setServerConfig("max_connections", "50")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("autovacuum_naptime", "5s")
        .setServerConfig("work_mem", "1MB")
        .start();
  }

  private static void prepare(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE yagura LOGIN CONNECTION LIMIT 5 IN ROLE pg_monitor");
      statement.execute("CREATE ROLE shop LOGIN CONNECTION LIMIT 20 IN ROLE pg_write_all_data");
      statement.execute("GRANT pg_read_all_data TO shop");
      statement.execute("CREATE DATABASE shop");
    }
    try (Connection connection = postgres.getDatabase("postgres", "shop").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION pg_stat_statements");
      statement.execute(resource("/aurora/stand-ins.sql"));
      statement.execute(resource("/shop.sql"));
    }
  }

  private static String resource(String path) {
    try (InputStream in = Demo.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the demo was built without " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path configuration(int port) throws IOException {
    Path file = Files.createTempFile("yagura-demo-", ".yml");
    file.toFile().deleteOnExit();
    return Files.writeString(
        file,
        """
        aurora_postgres:
          targets:
            - {name: shop, url: "postgresql://127.0.0.1:%d/shop?sslmode=disable", user: yagura}
          collectors:
            stat_statements: {enabled: true}
            top_statements: {enabled: true}
        """
            .formatted(port));
  }

  private static void stop(Shop shop, EmbeddedPostgres postgres) {
    shop.close();
    try {
      postgres.close();
    } catch (IOException e) {
      System.err.println("demo: the database did not stop: " + e.getMessage());
    }
  }
}
