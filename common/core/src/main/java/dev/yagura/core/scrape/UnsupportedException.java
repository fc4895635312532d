package dev.yagura.core.scrape;

/** The upstream lacks what a scraper asks for, by its version or its kind: no failure. */
public final class UnsupportedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is lacking, as one clause: {@code needs PostgreSQL 14}. */
  public UnsupportedException(String message) {
    super(message);
  }
}
