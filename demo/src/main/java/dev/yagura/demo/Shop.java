package dev.yagura.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The life of the shop: people look, buy and give up; reports run; somebody forgets to commit. */
final class Shop implements AutoCloseable {
  /** What one customer, clerk or job does, on a connection of its own. */
  @FunctionalInterface
  private interface Visit {
    void on(Connection connection) throws SQLException;
  }

  private static final String SHOP = "shop";

  private final String url;
  private final Random random = new Random(8);
  private final ExecutorService people = Executors.newCachedThreadPool();

  Shop(String url) {
    this.url = url;
  }

  void open() {
    every(120, "shop-web", SHOP, this::browse);
    every(150, "shop-web", SHOP, this::buy);
    every(900, "shop-worker", SHOP, Shop::ship);
    every(7_000, "shop-report", SHOP, Shop::report);
    every(11_000, "shop-admin", SHOP, Shop::holdTheLastProduct);
    every(23_000, "shop-batch", SHOP, Shop::forgetToCommit);
    every(
        1_000,
        "aurora-stand-in",
        "postgres",
        connection -> run(connection, "SELECT aurora_stand_in.live()"));
  }

  private void every(int millis, String application, String user, Visit visit) {
    people.execute(
        () -> {
          while (!people.isShutdown()) {
            visit(application, user, visit);
            pause(millis);
          }
        });
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void visit(String application, String user, Visit visit) {
    var login = new Properties();
    login.setProperty("user", user);
    login.setProperty("ApplicationName", application);
    try (Connection connection = DriverManager.getConnection(url, login)) {
      visit.on(connection);
    } catch (SQLException ignored) {
      // A deadlock or a lock timeout is part of the shop's life; it shows in the metrics.
    }
  }

  private void browse(Connection connection) throws SQLException {
    for (int i = 0; i < 8; i++) {
      try (PreparedStatement look =
          connection.prepareStatement(
              "SELECT count(*) FROM orders JOIN order_lines ON orders = id WHERE customer = ?")) {
        look.setLong(1, 1 + random.nextInt(5000));
        look.executeQuery();
      }
    }
  }

  private void buy(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement order =
            connection.prepareStatement(
                "WITH placed AS (INSERT INTO orders (customer) VALUES (?) RETURNING id)"
                    + " INSERT INTO order_lines SELECT id, ?, 1 FROM placed");
        PreparedStatement stock =
            connection.prepareStatement("UPDATE products SET stock = stock - 1 WHERE id = ?")) {
      int product = random.nextInt(10) == 0 ? 200 : 1 + random.nextInt(199);
      run(connection, "SET LOCAL lock_timeout = '5s'");
      order.setLong(1, 1 + random.nextInt(5000));
      order.setInt(2, product);
      order.executeUpdate();
      stock.setInt(1, product);
      stock.executeUpdate();
      if (random.nextInt(20) == 0) {
        connection.rollback();
      } else {
        connection.commit();
      }
    }
  }

  private static void ship(Connection connection) throws SQLException {
    run(
        connection,
        "UPDATE orders SET state = 'shipped' WHERE id IN"
            + " (SELECT id FROM orders WHERE state = 'new' ORDER BY id LIMIT 20 FOR UPDATE SKIP"
            + " LOCKED)");
    run(
        connection,
        "DELETE FROM orders WHERE id IN"
            + " (SELECT id FROM orders WHERE state = 'shipped' ORDER BY id LIMIT 15)");
  }

  private static void report(Connection connection) throws SQLException {
    run(
        connection,
        "SELECT c.email, string_agg(o.state, ',' ORDER BY o.placed) FROM customers c"
            + " JOIN orders o ON o.customer = c.id GROUP BY c.email ORDER BY 2, 1");
  }

  private static void holdTheLastProduct(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "UPDATE products SET stock = stock WHERE id = 200");
    run(connection, "SELECT pg_sleep(6)");
    connection.commit();
  }

  private static void forgetToCommit(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    run(connection, "SELECT count(*) FROM customers");
    pause(15_000);
    connection.rollback();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    people.shutdownNow();
  }
}
