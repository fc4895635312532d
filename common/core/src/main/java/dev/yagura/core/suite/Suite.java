package dev.yagura.core.suite;

import dev.yagura.core.config.ConfigException;
import dev.yagura.core.metrics.Family;
import dev.yagura.core.scrape.Exporter;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exporters that run now, and a way to put others in their place while scrapes go on: those
 * replaced are closed when the last scrape that uses them has ended.
 */
public final class Suite implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Suite.class);

  /** Reads the configuration as it is now and starts what it says. */
  @FunctionalInterface
  public interface Loader {
    /**
     * Starts the exporters.
     *
     * @param status how the newest load went, for those that show it
     * @throws ConfigException if the configuration is refused; nothing is left running then
     */
    List<Exporter> load(Supplier<ReloadStatus> status) throws ConfigException;
  }

  /** Exporters that were started together. */
  private static final class Generation {
    private final List<Exporter> exporters;
    private int users;
    private boolean retired;

    Generation(List<Exporter> exporters) {
      this.exporters = exporters;
    }
  }

  private final Loader loader;
  private final Clock clock;
  private final Object reloading = new Object();
  private Generation current;
  private volatile ReloadStatus status;

  /**
   * Loads and starts the exporters.
   *
   * @throws ConfigException if the configuration is refused
   */
  public Suite(Loader loader, Clock clock) throws ConfigException {
    this.loader = loader;
    this.clock = clock;
    this.status = new ReloadStatus(true, clock.instant());
    this.current = new Generation(load());
  }

  public ReloadStatus status() {
    return status;
  }

  /** Does something with the exporters that run now; they stay open until it is done. */
  public <T> T use(Function<List<Exporter>, T> action) {
    Generation mine;
    synchronized (this) {
      mine = current;
      mine.users++;
    }
    try {
      return action.apply(mine.exporters);
    } finally {
      boolean last;
      synchronized (this) {
        mine.users--;
        last = mine.retired && mine.users == 0;
      }
      if (last) {
        close(mine.exporters);
      }
    }
  }

  /**
   * Loads the configuration again; on a refusal what runs goes on.
   *
   * @throws ConfigException with everything that is wrong with the configuration
   */
  public void reload() throws ConfigException {
    synchronized (reloading) {
      List<Exporter> fresh;
      try {
        fresh = load();
      } catch (ConfigException e) {
        status = new ReloadStatus(false, status.lastSuccess());
        logger.warn("the configuration is refused, the old one stays: {}", e.getMessage());
        throw e;
      } catch (RuntimeException | Error e) {
        status = new ReloadStatus(false, status.lastSuccess());
        throw e;
      }
      replace(fresh);
      status = new ReloadStatus(true, clock.instant());
      logger.info("the configuration is loaded again");
    }
  }

  private List<Exporter> load() throws ConfigException {
    List<Exporter> fresh = List.copyOf(loader.load(this::status));
    try {
      check(fresh);
    } catch (RuntimeException e) {
      close(fresh);
      throw e;
    }
    return fresh;
  }

  /** Scrapes are not held up: neither by the loading nor by the closing. */
  private void replace(List<Exporter> fresh) {
    Generation old;
    boolean unused;
    synchronized (this) {
      old = current;
      current = new Generation(fresh);
      old.retired = true;
      unused = old.users == 0;
    }
    if (unused) {
      close(old.exporters);
    }
  }

  private static void close(List<Exporter> exporters) {
    for (Exporter exporter : exporters) {
      try {
        exporter.close();
      } catch (RuntimeException e) {
        logger.warn("{} could not be closed", exporter.name(), e);
      }
    }
  }

  /** One name is one family: the same type and the same words wherever it is declared. */
  private static void check(List<Exporter> exporters) {
    Map<String, Family<?>> known = new HashMap<>();
    for (Exporter exporter : exporters) {
      for (Family<?> family : exporter.families()) {
        Family<?> first = known.putIfAbsent(family.name(), family);
        if (first != null
            && (first.type() != family.type() || !first.help().equals(family.help()))) {
          throw new IllegalStateException(first + " and " + family + " are declared differently");
        }
      }
    }
  }

  @Override
  public void close() {
    synchronized (reloading) {
      replace(List.of());
    }
  }
}
