package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.scrapers.Catalogue.Chosen;
import dev.yagura.aurorapostgres.scrapers.Catalogue.Scope;
import dev.yagura.aurorapostgres.scrapers.PgScraper;
import dev.yagura.aurorapostgres.session.Connector;
import dev.yagura.aurorapostgres.session.KeptConnection;
import dev.yagura.aurorapostgres.session.PgSession;
import dev.yagura.aurorapostgres.session.Row;
import dev.yagura.aurorapostgres.session.VersionedSql;
import dev.yagura.core.metrics.ConstantLabels;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.metrics.Snapshot;
import dev.yagura.core.scrape.RunReport;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.core.scrape.Target;
import dev.yagura.core.scrape.UnsupportedException;
import dev.yagura.core.scrape.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One server: its own scrapers on one connection, then those of each database, one database after
 * another, on at most one more.
 */
final class PgTarget implements Target {
  private static final VersionedSql DATABASES =
      VersionedSql.since(
          13,
          """
          SELECT datname::text AS datname
            FROM pg_database
           WHERE datallowconn AND NOT datistemplate AND has_database_privilege(oid, 'CONNECT')
           ORDER BY datname
          """);

  private final String name;
  private final ConstantLabels labels;
  private final List<PgScraper> ofServer;
  private final List<PgScraper> ofDatabase;
  private final Set<String> collectors;
  private final DatabasePatterns databases;
  private final Connector connector;
  private final KeptConnection server;
  private final LongSupplier nanoClock;
  private final AtomicLong scrapes = new AtomicLong();

  PgTarget(
      String name,
      ConstantLabels labels,
      List<Chosen> scrapers,
      DatabasePatterns databases,
      Connector connector,
      boolean keep,
      LongSupplier nanoClock) {
    this.name = name;
    this.labels = labels;
    this.ofServer = ofScope(scrapers, Scope.SERVER);
    this.ofDatabase = ofScope(scrapers, Scope.DATABASE);
    this.collectors =
        scrapers.stream()
            .filter(Chosen::collector)
            .map(one -> one.scraper().name())
            .collect(Collectors.toSet());
    this.databases = databases;
    this.connector = connector;
    this.server = new KeptConnection(connector, keep, nanoClock);
    this.nanoClock = nanoClock;
  }

  private static List<PgScraper> ofScope(List<Chosen> scrapers, Scope scope) {
    return scrapers.stream().filter(one -> one.scope() == scope).map(Chosen::scraper).toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ConstantLabels labels() {
    return labels;
  }

  @Override
  public List<String> scrapers() {
    List<String> all = new ArrayList<>();
    ofServer.forEach(scraper -> all.add(scraper.name()));
    ofDatabase.forEach(scraper -> all.add(scraper.name()));
    return all;
  }

  @Override
  public List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(ExporterFamilies.ofTarget());
    ofServer.forEach(scraper -> all.addAll(scraper.families()));
    ofDatabase.forEach(scraper -> all.addAll(scraper.families()));
    return all;
  }

  @Override
  public void visit(Visit visit) throws ScrapeException, UnsupportedException {
    scrapes.incrementAndGet();
    try {
      PgSession session = server.open(visit.deadline());
      ofServer.forEach(scraper -> visit.run(scraper.on(session)));
      if (ofDatabase.stream().anyMatch(scraper -> visit.wants(scraper.name()))) {
        visitDatabases(session, visit);
      }
    } finally {
      server.release();
    }
  }

  private void visitDatabases(PgSession session, Visit visit) {
    if (!databases.every()) {
      ofDatabase.forEach(scraper -> visit.run(scraper.on(session)));
      return;
    }
    List<Row> all;
    try {
      all = session.query(DATABASES, visit.deadline());
    } catch (ScrapeException e) {
      ofDatabase.forEach(scraper -> visit.fail(scraper.name(), e));
      return;
    } catch (UnsupportedException e) {
      throw new IllegalStateException("every server lists its databases", e);
    }
    for (Row row : all) {
      String database = row.text("datname", "");
      if (!databases.matches(database)) {
        continue;
      }
      if (database.equals(session.server().database())) {
        ofDatabase.forEach(scraper -> visit.run(scraper.on(session)));
      } else {
        visitDatabase(database, visit);
      }
    }
  }

  private void visitDatabase(String database, Visit visit) {
    try (var other = new KeptConnection(connector.to(database), false, nanoClock)) {
      PgSession session = other.open(visit.deadline());
      ofDatabase.forEach(scraper -> visit.run(scraper.on(session)));
    } catch (ScrapeException e) {
      if (Connector.isDropped(e)) {
        // It was there when the databases were listed; nothing is left to read.
        return;
      }
      var inDatabase =
          new ScrapeException(e.reason(), "database " + database + ": " + e.getMessage(), e);
      ofDatabase.forEach(scraper -> visit.fail(scraper.name(), inDatabase));
    }
  }

  @Override
  public Snapshot summary(RunReport report) {
    return ExporterFamilies.of(report, scrapes.get(), collectors);
  }

  @Override
  public void close() {
    server.close();
  }
}
