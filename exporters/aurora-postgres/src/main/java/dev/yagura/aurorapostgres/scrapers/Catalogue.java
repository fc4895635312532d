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
   * @param nanoClock counts nanoseconds
   */
  public record Context(boolean everyDatabase, String server, LongSupplier nanoClock) {}

  /** Makes a scraper for one target. */
  @FunctionalInterface
  interface Factory {
    PgScraper make(Context context);
  }

  /**
   * One scraper.
   *
   * @param dropIn whether it is a collector of postgres_exporter, and so is shown in {@code
   *     pg_scrape_collector_success}
   * @param options reads its own keys, each with a default
   */
  private record Entry(
      String name,
      Scope scope,
      boolean dropIn,
      boolean byDefault,
      Function<Section, Factory> options,
      Factory defaults) {}

  private static final List<Entry> ENTRIES = List.of(server(LocksScraper.LOCKS, true, true));

  private static Entry server(PgScraper scraper, boolean dropIn, boolean byDefault) {
    return entry(scraper.name(), Scope.SERVER, dropIn, byDefault, context -> scraper);
  }

  private static Entry entry(
      String name, Scope scope, boolean dropIn, boolean byDefault, Factory factory) {
    return new Entry(name, scope, dropIn, byDefault, section -> factory, factory);
  }

  private Catalogue() {}

  /** A scraper that was chosen, made for one target. */
  public record Chosen(PgScraper scraper, Scope scope, boolean dropIn) {}

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
    public List<Chosen> make(String server, LongSupplier nanoClock) {
      var context = new Context(everyDatabase, server, nanoClock);
      return chosen.stream()
          .map(
              one ->
                  new Chosen(
                      one.factory().make(context), one.entry().scope(), one.entry().dropIn()))
          .toList();
    }

    /** Every label that a family of these scrapers has. */
    public Set<String> labelNames() {
      return make("", () -> 0).stream()
          .flatMap(one -> one.scraper().families().stream())
          .map(Family::labels)
          .flatMap(labels -> labels.names().stream())
          .collect(Collectors.toSet());
    }
  }
}
