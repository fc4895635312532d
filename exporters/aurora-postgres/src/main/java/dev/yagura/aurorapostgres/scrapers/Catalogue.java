package dev.yagura.aurorapostgres.scrapers;

import dev.yagura.core.config.Section;
import dev.yagura.core.metrics.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Every scraper there is, in the order in which they run: cheap ones first. */
public final class Catalogue {
  /** Of more tables than this the largest are shown; how many were left out is a metric. */
  private static final int MAX_TABLES = 10_000;

  /** Of more sequences than this the first are read; how many were left out is a metric. */
  private static final int MAX_SEQUENCES = 500;

  /** What a scraper is asked about. */
  public enum Scope {
    SERVER,
    /** Once for each database that the configuration includes. */
    DATABASE
  }

  /**
   * What a scraper may need to know when it is made.
   *
   * @param everyDatabase whether databases other than the connected one are visited
   * @param server the label {@code server}: host and port
   * @param compatibility what older dashboards look for
   * @param nanoClock counts nanoseconds
   */
  public record Context(
      boolean everyDatabase, String server, Compatibility compatibility, LongSupplier nanoClock) {}

  /** Makes a scraper for one target. */
  @FunctionalInterface
  interface Factory {
    PgScraper make(Context context);
  }

  /**
   * One scraper.
   *
   * @param collector whether postgres_exporter has a collector of this name, which is then shown in
   *     {@code pg_scrape_collector_success}
   * @param options reads its own keys, each with a default
   */
  private record Entry(
      String name,
      Scope scope,
      boolean collector,
      boolean byDefault,
      Function<Section, Factory> options,
      Factory defaults) {

    /** This, run only where it is enabled. */
    Entry onDemand() {
      return new Entry(name, scope, collector, false, options, defaults);
    }

    /** This, run in each database. */
    Entry inDatabases() {
      return new Entry(name, Scope.DATABASE, collector, byDefault, options, defaults);
    }

    /** This, which postgres_exporter does not have as a collector. */
    Entry ours() {
      return new Entry(name, scope, false, byDefault, options, defaults);
    }
  }

  private static final List<Entry> ENTRIES =
      List.of(
          // postgres_exporter's collectors of a whole server.
          entry("static", Catalogue::staticScraper).ours(),
          collector(DatabaseWraparoundScraper.DATABASE_WRAPAROUND).onDemand(),
          collector(LocksScraper.LOCKS),
          collector(LongRunningTransactionsScraper.LONG_RUNNING_TRANSACTIONS).onDemand(),
          collector(PostmasterScraper.POSTMASTER).onDemand(),
          collector(ProcessIdleScraper.PROCESS_IDLE).onDemand(),
          collector(ReplicationScraper.REPLICATION),
          entry("replication_slots", Catalogue::replicationSlots),
          collector(RolesScraper.ROLES),
          collector(SettingsScraper.SETTINGS),
          collector(StatActivityScraper.STAT_ACTIVITY),
          collector(StatActivityAutovacuumScraper.STAT_ACTIVITY_AUTOVACUUM).onDemand(),
          collector(StatArchiverScraper.STAT_ARCHIVER),
          collector(StatBgwriterScraper.STAT_BGWRITER),
          collector(StatCheckpointerScraper.STAT_CHECKPOINTER).onDemand(),
          collector(StatDatabaseScraper.STAT_DATABASE),
          entry("stat_database_conflicts", Catalogue::conflicts).ours(),
          collector(StatProgressVacuumScraper.STAT_PROGRESS_VACUUM),
          collector(StatReplicationScraper.STAT_REPLICATION),
          collector(StatWalReceiverScraper.STAT_WAL_RECEIVER).onDemand(),
          collector(XlogLocationScraper.XLOG_LOCATION).onDemand(),
          // What SREs miss everywhere.
          ours(ConnectionsScraper.CONNECTIONS),
          ours(DatabaseHealthScraper.DATABASE_HEALTH),
          ours(IdleInTransactionScraper.IDLE_IN_TRANSACTION),
          ours(LockWaitsScraper.LOCK_WAITS),
          ours(PendingRestartScraper.PENDING_RESTART),
          ours(SlotsRetainedScraper.SLOTS_RETAINED),
          ours(StatIoScraper.STAT_IO),
          ours(StatSlruScraper.STAT_SLRU),
          ours(StatWalScraper.STAT_WAL),
          ours(VacuumScraper.VACUUM),
          // Aurora's own functions.
          entry(
                  "aurora_replica_status",
                  context -> AuroraReplicaStatusScraper.replicaStatus(context.nanoClock()))
              .ours(),
          ours(AuroraVersionScraper.VERSION_INFO),
          ours(AuroraWaitsScraper.WAITS),
          ours(AuroraDmlScraper.DML),
          ours(AuroraCommitScraper.COMMIT),
          ours(AuroraStatDatabaseScraper.STAT_DATABASE),
          entry("aurora_statements", context -> AuroraStatementsScraper.statements()).ours(),
          ours(AuroraOptimizedReadsCacheScraper.OPTIMIZED_READS_CACHE),
          ours(AuroraMemoryScraper.MEMORY),
          ours(AuroraMemoryContextsScraper.MEMORY_CONTEXTS),
          ours(AuroraLogicalWalCacheScraper.LOGICAL_WAL_CACHE),
          ours(AuroraGlobalScraper.GLOBAL),
          ours(AuroraCcmScraper.CCM),
          // What may take longer, so that a deadline that is too short costs these alone.
          collector(WalScraper.WAL),
          new Entry(
              "database",
              Scope.SERVER,
              true,
              true,
              section -> {
                List<String> exclude = section.texts("exclude_databases", List.of());
                return context -> new DatabaseScraper(exclude);
              },
              context -> new DatabaseScraper(List.of())),
          collector(BuffercacheSummaryScraper.BUFFERCACHE_SUMMARY).onDemand(),
          new Entry(
              "stat_statements",
              Scope.SERVER,
              true,
              false,
              section -> {
                StatStatementsScraper.Options options = statements(section);
                return context -> StatStatementsScraper.create(options);
              },
              context -> StatStatementsScraper.create(StatStatementsScraper.Options.DEFAULTS)),
          new Entry(
              "top_statements",
              Scope.SERVER,
              false,
              false,
              section -> {
                TopStatementsScraper.Options options = topStatements(section);
                return context -> TopStatementsScraper.create(options);
              },
              context -> TopStatementsScraper.create(TopStatementsScraper.Options.DEFAULTS)),
          // In each database.
          ours(InvalidIndexesScraper.INVALID_INDEXES).inDatabases(),
          new Entry(
              "sequences",
              Scope.DATABASE,
              false,
              true,
              section -> {
                int percent = section.integer("from_percent", 50, 0, 100);
                int maxRead = section.integer("max_sequences", MAX_SEQUENCES, 1, 1_000_000);
                return context -> SequencesScraper.sequences(percent / 100.0, maxRead);
              },
              context -> SequencesScraper.sequences()),
          // The first of these three reads what the second shows too.
          tables("stat_user_tables", (context, max) -> StatUserTablesScraper.largest(max)),
          tables("statio_user_tables", (context, max) -> StatioUserTablesScraper.largest(max)),
          tables(
                  "statio_user_indexes",
                  (context, max) -> StatioUserIndexesScraper.largest(max, context.everyDatabase()))
              .onDemand());

  private static Entry collector(PgScraper scraper) {
    return entry(scraper.name(), context -> scraper);
  }

  private static Entry ours(PgScraper scraper) {
    return collector(scraper).ours();
  }

  private static Entry entry(String name, Factory factory) {
    return new Entry(name, Scope.SERVER, true, true, section -> factory, factory);
  }

  /** Makes a scraper that shows the largest tables only. */
  @FunctionalInterface
  private interface TablesFactory {
    PgScraper make(Context context, int maxTables);
  }

  private static Entry tables(String name, TablesFactory factory) {
    return new Entry(
        name,
        Scope.DATABASE,
        true,
        true,
        section -> {
          int max = section.integer("max_tables", MAX_TABLES, 1, 1_000_000);
          return context -> factory.make(context, max);
        },
        context -> factory.make(context, MAX_TABLES));
  }

  private static PgScraper staticScraper(Context context) {
    return context.compatibility().serverLabel()
        ? StaticScraper.STATIC
        : Relabelled.withLabel(StaticScraper.STATIC, "server", context.server());
  }

  private static PgScraper conflicts(Context context) {
    PgScraper conflicts = StatDatabaseConflictsScraper.STAT_DATABASE_CONFLICTS;
    return context.compatibility().serverLabel()
        ? conflicts
        : Relabelled.withLabel(conflicts, "server", context.server());
  }

  private static PgScraper replicationSlots(Context context) {
    PgScraper slots = ReplicationSlotsScraper.REPLICATION_SLOTS;
    return context.compatibility().pre020Names()
        ? Relabelled.withAliases(slots, Compatibility::before020)
        : slots;
  }

  private static StatStatementsScraper.Options statements(Section section) {
    var defaults = StatStatementsScraper.Options.DEFAULTS;
    return new StatStatementsScraper.Options(
        section.integer("limit", defaults.limit(), 1, 5_000),
        section.flag("include_query", defaults.includeQuery()),
        section.integer("query_length", defaults.queryLength(), 1, 1_000),
        section.texts("exclude_databases", defaults.excludeDatabases()),
        section.texts("exclude_users", defaults.excludeUsers()));
  }

  private static TopStatementsScraper.Options topStatements(Section section) {
    var defaults = TopStatementsScraper.Options.DEFAULTS;
    return new TopStatementsScraper.Options(
        section.integer("limit", defaults.seats(), 1, 500),
        section.integer("patience", defaults.patience(), 1, 1_000),
        section.flag("by_user", defaults.byUser()),
        section.integer("query_length", defaults.queryLength(), 0, 1_000));
  }

  private Catalogue() {}

  /** A scraper that was chosen, made for one target. */
  public record Chosen(PgScraper scraper, Scope scope, boolean collector) {}

  /** Which scrapers run, with which options. */
  public static final class Choice {
    private record One(Entry entry, Factory factory) {}

    private final List<One> chosen;
    private final boolean everyDatabase;

    private Choice(List<One> chosen, boolean everyDatabase) {
      this.chosen = List.copyOf(chosen);
      this.everyDatabase = everyDatabase;
    }

    /** What runs where nothing is configured, in the connected database. */
    public static Choice defaults() {
      return defaults(false);
    }

    /** Every scraper there is, with its default options. */
    public static Choice all() {
      return new Choice(
          ENTRIES.stream().map(entry -> new One(entry, entry.defaults())).toList(), false);
    }

    /** What runs where nothing is configured. */
    public static Choice defaults(boolean everyDatabase) {
      return new Choice(
          ENTRIES.stream()
              .filter(Entry::byDefault)
              .map(entry -> new One(entry, entry.defaults()))
              .toList(),
          everyDatabase);
    }

    /** Reads the section {@code collectors}: a key a scraper, its {@code enabled} and options. */
    public static Choice read(Section section, boolean everyDatabase) {
      Map<String, Factory> factories = new HashMap<>();
      Map<String, Boolean> enabled = new HashMap<>();
      for (Entry entry : ENTRIES) {
        section.section(
            entry.name(),
            one -> {
              enabled.put(entry.name(), one.flag("enabled", true));
              factories.put(entry.name(), entry.options().apply(one));
              return entry;
            });
      }
      List<One> chosen = new ArrayList<>();
      for (Entry entry : ENTRIES) {
        if (enabled.getOrDefault(entry.name(), entry.byDefault())) {
          chosen.add(new One(entry, factories.getOrDefault(entry.name(), entry.defaults())));
        }
      }
      return new Choice(chosen, everyDatabase);
    }

    /** Makes the scrapers for one target; some of them remember what they saw there. */
    public List<Chosen> make(String server, Compatibility compatibility, LongSupplier nanoClock) {
      var context = new Context(everyDatabase, server, compatibility, nanoClock);
      return chosen.stream()
          .map(
              one ->
                  new Chosen(
                      one.factory().make(context), one.entry().scope(), one.entry().collector()))
          .toList();
    }

    /** Every label that a family of these scrapers has. */
    public Set<String> labelNames() {
      return make("", Compatibility.NONE, () -> 0).stream()
          .flatMap(one -> one.scraper().families().stream())
          .map(Family::labels)
          .flatMap(labels -> labels.names().stream())
          .collect(Collectors.toSet());
    }
  }
}
