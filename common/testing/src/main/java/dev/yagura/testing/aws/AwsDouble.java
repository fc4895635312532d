package dev.yagura.testing.aws;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import wiremock.org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * AWS behind one address in this JVM: it speaks the services' own protocols, its time is that of a
 * clock, which a test lets pass by hand, it goes wrong on demand, and it remembers who called what.
 * Requests must be signed, but signatures are not verified. Its threads are daemons.
 */
public final class AwsDouble implements AutoCloseable {
  /** What the names of its threads begin with. */
  public static final String THREADS = "aws-double-";

  /** The account of all access keys that no other account declared. */
  public static final String DEFAULT_ACCOUNT = "123456789012";

  /** Frozen calls keep a thread each. */
  private static final int MOST_THREADS = 200;

  private final Realm realm;
  private final Front front;
  private final WireMockServer server;

  private AwsDouble(Clock clock) {
    realm = new Realm(clock);
    front = new Front(realm, realm.account(DEFAULT_ACCOUNT));
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .threadPoolFactory(options -> threads())
                .disableRequestJournal()
                .stubRequestLoggingDisabled(true)
                .gzipDisabled(true)
                .extensions(new Wire(front::answer)));
    server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
    server.start();
  }

  private static QueuedThreadPool threads() {
    var pool = new QueuedThreadPool(MOST_THREADS);
    pool.setName("aws-double");
    pool.setDaemon(true);
    return pool;
  }

  /** A server with empty accounts, on a port of its own. */
  public static AwsDouble start(Clock clock) {
    return new AwsDouble(clock);
  }

  /** Where clients of all services find it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The account of all access keys that no other account declared. */
  public AccountDouble account() {
    return realm.account(DEFAULT_ACCOUNT);
  }

  /** Another account by its twelve digits, reached by this access key, or by assuming a role. */
  public AccountDouble account(String id, String accessKeyId) {
    AccountDouble account = realm.account(id);
    realm.keys().belongs(accessKeyId, account);
    return account;
  }

  /** From now on nobody knows this access key. */
  public void revoke(String accessKeyId) {
    realm.keys().revoke(accessKeyId);
  }

  /** From now on, these calls go wrong, besides those that already do. */
  public void fail(Fault how, Predicate<AwsCall> which) {
    front.fail(how, which);
  }

  /** From now on, every call goes wrong. */
  public void fail(Fault how) {
    fail(how, call -> true);
  }

  /**
   * From now on answers tell the double's time in their header {@code Date}. The SDK repeats what
   * is refused by a server whose time is another than this machine's, so this is for tests of that.
   */
  public void sendDates() {
    front.sendDates();
  }

  /** From now on all goes well; what is frozen is answered. */
  public void heal() {
    front.heal();
  }

  /** All calls so far of those who are known, in the order in which they came. */
  public List<AwsCall> calls() {
    return front.calls();
  }

  /** Forgets all calls so far. */
  public void clearCalls() {
    front.clearCalls();
  }

  /** How many calls of this operation came so far. */
  public int count(String operation) {
    return (int) calls().stream().filter(call -> call.operation().equals(operation)).count();
  }

  /** How many MetricDataQueries came so far. */
  public int queries() {
    return calls().stream().mapToInt(AwsCall::queries).sum();
  }

  /** How many metrics CloudWatch bills so far. */
  public int billedMetrics() {
    return calls().stream().mapToInt(AwsCall::billedMetrics).sum();
  }

  @Override
  public void close() {
    heal();
    server.stop();
  }
}
