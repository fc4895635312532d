package dev.yagura.loggenerator;

/** How a log file is laid out. */
public enum LogFormat {
  /** Standard logs version 1: {@code #Version}, {@code #Fields}, tabs. */
  V1(true),
  /** Standard logs version 2, w3c: {@code #Fields} only, any delimiter. */
  W3C(true),
  /** Standard logs version 2, json: an object a line, all values are strings. */
  JSON(false),
  /** Standard logs version 2, plain: no header, any delimiter. */
  PLAIN(false),
  /** Standard logs version 2, raw: no header, any delimiter. */
  RAW(false),
  /** Real-time logs: no header, the query inside the stem, the two hosts swapped. */
  REAL_TIME(false);

  private final boolean header;

  LogFormat(boolean header) {
    this.header = header;
  }

  /** Whether the file says itself what its columns are. */
  public boolean hasHeader() {
    return header;
  }
}
