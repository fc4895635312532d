package dev.yagura.core.scrape;

import java.util.Set;

/**
 * Which scrapers a scrape is about.
 *
 * @param names the scrapers asked for; empty for all of them
 */
public record Selection(Set<String> names) {
  private static final Selection ALL = new Selection(Set.of());

  public Selection {
    names = Set.copyOf(names);
  }

  public static Selection all() {
    return ALL;
  }

  public boolean has(String scraper) {
    return names.isEmpty() || names.contains(scraper);
  }
}
