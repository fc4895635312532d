package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.aurorapostgres.discovery.Authentication;
import dev.yagura.aurorapostgres.discovery.DiscoveredTarget;
import dev.yagura.aurorapostgres.discovery.Logins;
import dev.yagura.aurorapostgres.session.Address;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aurorapostgres.session.Credentials;
import dev.yagura.aurorapostgres.session.KeptConnection;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.aws.client.Aws;
import dev.yagura.aws.client.AwsPlace;
import dev.yagura.aws.client.AwsSettings;
import dev.yagura.aws.client.AwsUse;
import dev.yagura.aws.client.Patience;
import dev.yagura.core.scrape.Deadline;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.Await;
import dev.yagura.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A token of IAM as the password, over TLS; the server takes the newest one and no other. */
@Timeout(180)
class IamLoginIT {
  private static final VersionedSql TLS =
      VersionedSql.since(
          13, "SELECT ssl::text AS ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");

  @TempDir private static Path folder;

  private static PostgresServer server;
  private static Path certificate;

  private final Aws aws =
      new Aws(
          new AwsSettings(
              OptionalDouble.empty(), List.of(Cloud.account("default")), Optional.empty()),
          Patience.USUAL,
          AwsUse.fresh(Clock.systemUTC(), System::nanoTime));

  @BeforeAll
  static void startServer() throws Exception {
    ServerCertificate identity = ServerCertificate.in(folder);
    certificate = identity.certificate();
    server =
        PasswordServer.start(
            Map.of(
                "ssl",
                "on",
                "ssl_cert_file",
                certificate.toString(),
                "ssl_key_file",
                identity.key().toString()));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void closeClients() {
    aws.close();
    Cloud.credentials();
  }

  @Test
  void aCertificateThatNobodyKnownHasSignedIsToldWithWhatToDo() {
    var address =
        new Address(
            List.of("127.0.0.1:" + server.port()),
            "postgres",
            "",
            null,
            Map.of("sslmode", "verify-full"));
    var connector = new Connector(address, "reader", null);
    try (var connection = new KeptConnection(connector, false, System::nanoTime)) {
      assertThatThrownBy(() -> connection.open(ample()))
          .isInstanceOf(ScrapeException.class)
          .hasMessageContaining("sslrootcert")
          .hasMessageContaining("global-bundle.pem");
    }
  }

  @Test
  void eachConnectPresentsATokenOfItsOwnOverTls() throws Exception {
    Cloud.credentials();
    List<String> tokens = new ArrayList<>();
    Credentials iam = iam();
    Credentials watched =
        deadline -> {
          Credentials.Login login = iam.login(deadline);
          tokens.add(Objects.requireNonNull(login.password()));
          accept(login);
          return login;
        };
    String tls;
    try (var connection = connection(watched, true)) {
      tls = connection.open(ample()).query(TLS, ample()).get(0).text("ssl");
      connection.release();
      connection.open(ample());
      connection.release();
    }
    assertThat(tls).isEqualTo("true");
    assertThat(tokens).as("one for the connection that is kept").hasSize(1);
    // A token tells the second in which it was made.
    Await.until("another second has begun", () -> !isMadeNow(iam, tokens.get(0)));
    try (var connection = connection(watched, false)) {
      connection.open(ample());
    }
    assertThat(tokens).hasSize(2).doesNotHaveDuplicates();
    assertThat(tokens)
        .allMatch(token -> token.startsWith("127.0.0.1:" + server.port() + "/?"))
        .allMatch(token -> token.contains("Action=connect"))
        .allMatch(token -> token.contains("DBUser=reader"))
        .allMatch(token -> token.contains("X-Amz-Expires=900"))
        .allMatch(token -> token.contains("%2F" + Cloud.REGION + "%2Frds-db%2F"));
  }

  private static boolean isMadeNow(Credentials iam, String token) {
    try {
      return token.equals(iam.login(ample()).password());
    } catch (ScrapeException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTokenThatIsDeniedTellsWhichPermissionAndGrantItNeeds() {
    Cloud.credentials();
    assertThat(failure(iam()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.DENIED))
        .hasMessageContaining("rds-db:connect")
        .hasMessageContaining("GRANT rds_iam");
  }

  @Test
  void withoutCredentialsNothingIsDialled() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.setProperty("aws.disableEc2Metadata", "true");
    assertThat(failure(iam()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.DENIED))
        .hasMessageContaining("no credentials were found");
  }

  private static ScrapeException failure(Credentials credentials) {
    try (var connection = connection(credentials, false)) {
      connection.open(ample());
      throw new AssertionError("it logged in");
    } catch (ScrapeException e) {
      return e;
    }
  }

  private static KeptConnection connection(Credentials credentials, boolean keep) {
    return new KeptConnection(new Connector(address(), credentials), keep, System::nanoTime);
  }

  private static void accept(Credentials.Login login) {
    try {
      server.execute("postgres", "ALTER ROLE reader PASSWORD '" + login.password() + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Credentials iam() {
    return new Logins(System::nanoTime)
        .of(
            new DiscoveredTarget(
                "shop-1",
                new AwsPlace(aws.account("default").orElseThrow(), Cloud.REGION),
                "shop-1",
                "db-SHOP",
                address(),
                new Authentication.Iam("reader"),
                false,
                Map.of()));
  }

  private static Address address() {
    return new Address(
        List.of("127.0.0.1:" + server.port()),
        "postgres",
        "",
        null,
        Map.of("sslmode", "verify-full", "sslrootcert", certificate.toString()));
  }

  private static Deadline ample() {
    return Deadline.after(Duration.ofSeconds(20), System::nanoTime);
  }
}
