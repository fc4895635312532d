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
    this.current = new Generation(checked(loader.load(this::status)));
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
        close(mine);
      }
    }
  }

  /**
   * Loads the configuration again; on a refusal what runs goes on.
   *
   * @throws ConfigException with everything that is wrong with the configuration
   */
  public synchronized void reload() throws ConfigException {
    List<Exporter> fresh;
    try {
      fresh = checked(loader.load(this::status));
    } catch (ConfigException e) {
      status = new ReloadStatus(false, status.lastSuccess());
      logger.warn("the configuration is refused, the old one stays: {}", e.getMessage());
      throw e;
    }
    Generation old = current;
    current = new Generation(fresh);
    status = new ReloadStatus(true, clock.instant());
    retire(old);
    logger.info("the configuration is loaded again");
  }

  private static void retire(Generation old) {
    old.retired = true;
    if (old.users == 0) {
      close(old);
    }
  }

  private static void close(Generation generation) {
    generation.exporters.forEach(Exporter::close);
  }

  /** One name is one family: the same type and the same words wherever it is declared. */
  private static List<Exporter> checked(List<Exporter> exporters) {
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
    return List.copyOf(exporters);
  }

  @Override
  public synchronized void close() {
    retire(current);
    current = new Generation(List.of());
  }
}
