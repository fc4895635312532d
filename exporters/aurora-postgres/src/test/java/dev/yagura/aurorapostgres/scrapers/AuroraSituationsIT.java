package dev.yagura.aurorapostgres.scrapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.UnsupportedException;
import dev.yagura.testing.FakeClock;
import dev.yagura.testing.ParsedExposition;
import dev.yagura.testing.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an Aurora, made to happen by the tables behind its stand-ins. */
class AuroraSituationsIT {
  private final FakeClock clock = FakeClock.at(Instant.EPOCH);
  private final PgScraper replicas = AuroraReplicaStatusScraper.replicaStatus(clock);

  private AuroraStandIn aurora;

  @BeforeEach
  void open() throws Exception {
    aurora = AuroraStandIn.on(17);
  }

  @AfterEach
  void close() throws Exception {
    aurora.close();
  }

  @Test
  void aFailoverIsCountedOnceAndTheTimeWithoutAWriterEndsWithIt() throws Exception {
    PgSession session = aurora.session();
    expectWriter(AuroraStandIn.ask(replicas, session), 0, 0);

    clock.advance(Duration.ofSeconds(15));
    aurora.execute("UPDATE aurora_stand_in.cluster SET session_id = md5(server_id)");
    expectWriter(AuroraStandIn.ask(replicas, session), 0, 15);

    clock.advance(Duration.ofSeconds(5));
    expectWriter(AuroraStandIn.ask(replicas, session), 0, 20);

    clock.advance(Duration.ofSeconds(5));
    aurora.execute("SELECT aurora_stand_in.fail_over_to('orders-2')");
    expectWriter(AuroraStandIn.ask(replicas, session), 1, 0);

    clock.advance(Duration.ofSeconds(5));
    ParsedExposition settled = AuroraStandIn.ask(replicas, session);
    expectWriter(settled, 1, 0);
    assertThat(settled.value("aurora_replica_info", "server_id", "orders-2", "role", "writer"))
        .hasValue(1);
    assertThat(settled.value("aurora_replica_info", "server_id", "orders-1", "role", "reader"))
        .hasValue(1);
    assertThat(settled.value("aurora_cluster_instances", "role", "writer")).hasValue(1);
    assertThat(settled.value("aurora_cluster_instances", "role", "reader")).hasValue(2);
  }

  private static void expectWriter(ParsedExposition answer, double changes, double missing) {
    assertThat(answer.value("aurora_cluster_writer_changes_total")).hasValue(changes);
    assertThat(answer.value("aurora_cluster_writer_missing_seconds")).hasValue(missing);
  }

  @Test
  void aWriterThatIsListedTwiceIsTheOneThatWasHeardOfLast() throws Exception {
    PgSession session = aurora.session();
    AuroraStandIn.ask(replicas, session);

    aurora.execute(
        "UPDATE aurora_stand_in.cluster SET report_age = '20 s' WHERE server_id = 'orders-1'",
        "UPDATE aurora_stand_in.cluster SET session_id = 'MASTER_SESSION_ID'"
            + " WHERE server_id = 'orders-3'");

    expectWriter(AuroraStandIn.ask(replicas, session), 1, 0);
    expectWriter(AuroraStandIn.ask(replicas, session), 1, 0);
  }

  @Test
  void aWriterThatIsAskedItselfIsTheWriterWhoeverElseIsListed() throws Exception {
    aurora.execute("SELECT aurora_stand_in.fail_over_to('orders-2')");
    PgSession session = aurora.session();
    AuroraStandIn.ask(replicas, session);

    aurora.execute(
        "UPDATE aurora_stand_in.cluster SET session_id = 'MASTER_SESSION_ID'"
            + " WHERE server_id = 'orders-1'");

    expectWriter(AuroraStandIn.ask(replicas, session), 1, 0);
  }

  @Test
  void aWriterWhoseLastReportIsOldIsNoWriter() throws Exception {
    AuroraStandIn.ask(replicas, aurora.session());
    clock.advance(Duration.ofSeconds(30));

    aurora.execute(
        "UPDATE aurora_stand_in.cluster SET report_age = '301 s' WHERE server_id = 'orders-1'");

    ParsedExposition answer = aurora.ask(replicas);
    expectWriter(answer, 0, 30);
    assertThat(answer.value("aurora_cluster_instances", "role", "writer")).hasValue(0);
  }

  @Test
  void ofAReaderThatFellSilentOnlyTheAgeOfItsReportIsShown() throws Exception {
    aurora.execute(
        "UPDATE aurora_stand_in.cluster SET report_age = '10 min' WHERE server_id = 'orders-3'");

    ParsedExposition answer = aurora.ask(replicas);

    assertThat(
            answer.samples().stream()
                .filter(sample -> "orders-3".equals(sample.label("server_id"))))
        .extracting(Sample::name, Sample::value)
        .containsExactly(tuple("aurora_replica_report_age_seconds", 600.0));
    assertThat(answer.value("aurora_cluster_instances", "role", "reader")).hasValue(1);
    assertThat(answer.value("aurora_replica_lag_seconds", "server_id", "orders-2")).hasValue(0.018);
  }

  @Test
  void fiveMinutesAreStillCurrent() throws Exception {
    aurora.execute(
        "UPDATE aurora_stand_in.cluster SET report_age = '300 s' WHERE server_id = 'orders-3'");

    assertThat(aurora.ask(replicas).value("aurora_replica_lag_seconds", "server_id", "orders-3"))
        .hasValue(0.0315);
  }

  @Test
  void feedbackIsAnAgeOnBothSidesOfAWraparoundAndAbsentWhereNoneIsSent() throws Exception {
    aurora.execute(
        "UPDATE aurora_stand_in.cluster SET feedback_xmin_age = 1500000000"
            + " WHERE server_id = 'orders-2'",
        "UPDATE aurora_stand_in.cluster SET feedback_xmin_age = -7 WHERE server_id = 'orders-3'");

    ParsedExposition answer = aurora.ask(replicas);

    String family = "aurora_replica_feedback_xmin_age_transactions";
    assertThat(answer.value(family, "server_id", "orders-2")).hasValue(1.5e9);
    assertThat(answer.value(family, "server_id", "orders-3")).hasValue(0);
    assertThat(answer.value(family, "server_id", "orders-1")).isEmpty();
  }

  @Test
  void eachTargetHasItsOwnWriter() throws Exception {
    PgScraper other = AuroraReplicaStatusScraper.replicaStatus(clock);
    aurora.ask(replicas);
    aurora.execute("SELECT aurora_stand_in.fail_over_to('orders-2')");

    expectWriter(aurora.ask(other), 0, 0);
    expectWriter(aurora.ask(replicas), 1, 0);
  }

  @Test
  void idleWaitsAreLeftOutAndAnEventWithoutANameIsNotLost() throws Exception {
    aurora.execute(
        "INSERT INTO aurora_stand_in.waits VALUES (10, 167779999, 3, 2000000),"
            + " (10, 167779998, 4, 500000), (77, 1, 1, 1000000)");

    ParsedExposition answer = aurora.ask(AuroraWaitsScraper.WAITS);

    String seconds = "aurora_wait_seconds_total";
    assertThat(answer.samples(seconds)).extracting(s -> s.label("type")).doesNotContain("Activity");
    assertThat(answer.samples(seconds))
        .extracting(s -> s.label("event"))
        .doesNotContain("ClientRead");
    assertThat(answer.value(seconds, "type", "Client", "event", "ClientWrite")).hasValue(1.52);
    assertThat(answer.value(seconds, "type", "IO", "event", "unknown")).hasValue(2.5);
    assertThat(answer.value("aurora_waits_total", "type", "IO", "event", "unknown")).hasValue(7);
    assertThat(answer.value(seconds, "type", "unknown")).hasValue(1);
  }

  @Test
  void aDatabaseThatCountedNothingHasNoSample() throws Exception {
    Stream.of(AuroraDmlScraper.DML, AuroraCommitScraper.COMMIT)
        .forEach(
            scraper ->
                assertThat(answer(scraper).samples())
                    .extracting(sample -> sample.label("datname"))
                    .containsOnly(AuroraStandIn.DATABASE));
  }

  private ParsedExposition answer(PgScraper scraper) {
    try {
      return aurora.ask(scraper);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aColumnThatIsNullLeavesTheOthersOfItsRow() throws Exception {
    aurora.execute("UPDATE aurora_stand_in.databases SET insert_usec = NULL");

    ParsedExposition answer = aurora.ask(AuroraDmlScraper.DML);

    assertThat(answer.value("aurora_dml_seconds_total", "operation", "insert")).isEmpty();
    assertThat(answer.value("aurora_dml_operations_total", "operation", "insert")).hasValue(171065);
  }

  @Test
  void aStatementThatIsEvictedMakesNoCounterFallOrJump() throws Exception {
    PgScraper statements = AuroraStatementsScraper.statements();
    PgSession session = aurora.session();
    String family = "aurora_statements_storage_blocks_read_total";
    assertThat(AuroraStandIn.ask(statements, session).value(family)).hasValue(40210);

    aurora.execute("DELETE FROM aurora_stand_in.statements WHERE queryid = 1002");
    assertThat(AuroraStandIn.ask(statements, session).value(family)).hasValue(40210);

    aurora.execute(
        "UPDATE aurora_stand_in.statements SET storage_blks_read = storage_blks_read + 5");
    assertThat(AuroraStandIn.ask(statements, session).value(family)).hasValue(40220);
  }

  @Test
  void anOlderAuroraTellsOfItsStatementsWithoutTheirPeakMemory() throws Exception {
    aurora.execute(
        "DROP FUNCTION pg_catalog.aurora_stat_statements",
        """
        CREATE FUNCTION pg_catalog.aurora_stat_statements(
          showtext boolean, OUT userid oid, OUT dbid oid, OUT shared_blks_hit bigint,
          OUT storage_blks_read bigint, OUT orcache_blks_hit bigint,
          OUT storage_blk_read_time double precision, OUT local_blk_read_time double precision,
          OUT orcache_blk_read_time double precision)
        RETURNS SETOF record LANGUAGE sql AS $$
          SELECT 10::oid, oid, 1, 2, 3, 4, 5, 6 FROM pg_database WHERE datname = 'aurora_shop'
        $$
        """);

    ParsedExposition answer = aurora.ask(AuroraStatementsScraper.statements());

    assertThat(answer.value("aurora_statements_storage_blocks_read_total")).hasValue(2);
    assertThat(answer.value("aurora_statements_local_read_seconds_total")).hasValue(0.005);
    assertThat(answer.families()).noneMatch(name -> name.contains("peak_memory"));
  }

  @Test
  void statementsThatNobodyCountsAreUnsupported() throws Exception {
    aurora.execute(
        """
        CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_statements(
          showtext boolean,
          OUT userid oid, OUT dbid oid, OUT toplevel boolean, OUT queryid bigint, OUT query text,
          OUT calls bigint, OUT total_exec_time double precision, OUT shared_blks_hit bigint,
          OUT shared_blks_read bigint, OUT storage_blks_read bigint, OUT orcache_blks_hit bigint,
          OUT storage_blk_read_time double precision, OUT local_blk_read_time double precision,
          OUT orcache_blk_read_time double precision,
          OUT total_plan_peakmem bigint, OUT min_plan_peakmem bigint, OUT max_plan_peakmem bigint,
          OUT total_exec_peakmem bigint, OUT min_exec_peakmem bigint, OUT max_exec_peakmem bigint)
        RETURNS SETOF record LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'it must be loaded' USING ERRCODE = 'object_not_in_prerequisite_state';
        END $$
        """);

    assertThatThrownBy(() -> aurora.ask(AuroraStatementsScraper.statements()))
        .isInstanceOf(UnsupportedException.class);
  }

  @Test
  void aTimeThatNobodyTakesIsNoZero() throws Exception {
    aurora.execute(
        "UPDATE aurora_stand_in.databases SET storage_blk_read_msec = 0",
        "UPDATE aurora_stand_in.statements SET storage_blk_read_msec = 0");
    String database = "aurora_stat_database_storage_read_seconds_total";
    String statements = "aurora_statements_storage_read_seconds_total";
    assertThat(aurora.ask(AuroraStatDatabaseScraper.STAT_DATABASE).value(database)).hasValue(0);
    assertThat(aurora.ask(AuroraStatementsScraper.statements()).value(statements)).hasValue(0);

    aurora.execute("ALTER DATABASE aurora_shop SET track_io_timing = off");

    ParsedExposition untimed = aurora.ask(AuroraStatDatabaseScraper.STAT_DATABASE);
    assertThat(untimed.value(database)).isEmpty();
    assertThat(untimed.value("aurora_stat_database_orcache_read_seconds_total")).isNotEmpty();
    assertThat(aurora.ask(AuroraStatementsScraper.statements()).value(statements)).isEmpty();
  }

  @Test
  void memoryOfContextsBeyondTheLargestIsNotLost() throws Exception {
    aurora.execute(
        "DROP FUNCTION pg_catalog.aurora_stat_resource_usage",
        "TRUNCATE aurora_stand_in.memory_contexts",
        "INSERT INTO aurora_stand_in.memory_contexts"
            + " SELECT 1, 'context ' || i, i * 100, i * 10, 1 FROM generate_series(1, 30) i");

    ParsedExposition answer = aurora.ask(AuroraMemoryContextsScraper.MEMORY_CONTEXTS);

    String family = "aurora_memory_context_allocated_bytes";
    assertThat(answer.samples(family)).hasSize(21);
    assertThat(answer.value(family, "context", "other")).hasValue(5500);
    assertThat(answer.value(family, "context", "context 11")).hasValue(1100);
    assertThat(answer.value("aurora_memory_context_instances", "context", "other")).hasValue(10);
  }

  @Test
  void sessionsOfAKindAreAddedUpByUserAndDatabase() throws Exception {
    PgSession session = aurora.session();
    aurora.session();

    ParsedExposition answer = AuroraStandIn.ask(AuroraMemoryScraper.MEMORY, session);

    String[] ours = {
      "backend_type", "client backend", "usename", "postgres", "datname", "aurora_shop"
    };
    assertThat(answer.value("aurora_memory_sessions", ours)).hasValue(2);
    assertThat(answer.value("aurora_memory_allocated_bytes", ours)).hasValue(2 * 9437184);
    assertThat(answer.value("aurora_memory_cpu_ratio", ours)).hasValue(0.07);
  }

  @Test
  void aLagThatWasCalculatedLongAgoIsNotShownAsOfNow() throws Exception {
    aurora.execute(
        "UPDATE aurora_stand_in.global_clusters SET calculation_age = '6 min'"
            + " WHERE aws_region = 'us-east-1'");

    ParsedExposition answer = aurora.ask(AuroraGlobalScraper.GLOBAL);

    assertThat(answer.samples("aurora_global_durability_lag_seconds")).isEmpty();
    assertThat(answer.samples("aurora_global_rpo_lag_seconds")).isEmpty();
    assertThat(answer.value("aurora_global_lag_calculation_age_seconds")).hasValue(360);
  }

  @Test
  void aClusterWithoutAGlobalDatabaseSaysNothingOfOne() throws Exception {
    aurora.execute(
        "TRUNCATE aurora_stand_in.global_clusters", "TRUNCATE aurora_stand_in.global_instances");

    assertThat(aurora.ask(AuroraGlobalScraper.GLOBAL).samples()).isEmpty();
  }

  @Test
  void clusterCacheManagementThatIsOffIsUnsupported() throws Exception {
    aurora.execute("TRUNCATE aurora_stand_in.cluster_cache");

    assertThatThrownBy(() -> aurora.ask(AuroraCcmScraper.CCM))
        .isInstanceOf(UnsupportedException.class)
        .hasMessage("Cluster Cache Manager is disabled");
  }

  @Test
  void anyOtherErrorOfClusterCacheManagementIsAFailure() throws Exception {
    aurora.execute("ALTER TABLE aurora_stand_in.cluster_cache ADD COLUMN one_too_many int");

    assertThatThrownBy(() -> aurora.ask(AuroraCcmScraper.CCM)).isInstanceOf(ScrapeException.class);
  }

  @Test
  void anAuroraThatDoesNotKnowItsNameStillTellsItsVersion() throws Exception {
    aurora.execute("DROP FUNCTION pg_catalog.aurora_db_instance_identifier");

    ParsedExposition answer = aurora.ask(AuroraVersionScraper.VERSION_INFO);

    assertThat(answer.value("aurora_version_info", "version", "17.5.0", "server_id", ""))
        .hasValue(1);
  }
}
