package dev.yagura.aurorapostgres.scrapers;

import java.util.List;

/** The scrapers that stand in for postgres_exporter's collectors of a whole server. */
final class DropInScrapers {
  static final PgScraper DATABASE = new DatabaseScraper(List.of());

  static final List<PgScraper> ALL =
      List.of(
          BuffercacheSummaryScraper.BUFFERCACHE_SUMMARY,
          DATABASE,
          DatabaseWraparoundScraper.DATABASE_WRAPAROUND,
          LocksScraper.LOCKS,
          LongRunningTransactionsScraper.LONG_RUNNING_TRANSACTIONS,
          PostmasterScraper.POSTMASTER,
          ProcessIdleScraper.PROCESS_IDLE,
          ReplicationScraper.REPLICATION,
          ReplicationSlotsScraper.REPLICATION_SLOTS,
          RolesScraper.ROLES,
          SettingsScraper.SETTINGS,
          StatActivityScraper.STAT_ACTIVITY,
          StatActivityAutovacuumScraper.STAT_ACTIVITY_AUTOVACUUM,
          StatArchiverScraper.STAT_ARCHIVER,
          StatBgwriterScraper.STAT_BGWRITER,
          StatCheckpointerScraper.STAT_CHECKPOINTER,
          StatDatabaseScraper.STAT_DATABASE,
          StatDatabaseConflictsScraper.STAT_DATABASE_CONFLICTS,
          StatProgressVacuumScraper.STAT_PROGRESS_VACUUM,
          StatReplicationScraper.STAT_REPLICATION,
          StatWalReceiverScraper.STAT_WAL_RECEIVER,
          WalScraper.WAL,
          XlogLocationScraper.XLOG_LOCATION);

  private DropInScrapers() {}
}
