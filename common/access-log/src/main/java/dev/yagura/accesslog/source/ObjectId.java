package dev.yagura.accesslog.source;

/**
 * One version of one log file; what the ledger knows it by, so it is the same through whichever
 * source the file is found.
 *
 * @param location {@code s3://bucket/key}, or the absolute path of a file
 * @param version of a bucket's object its eTag without quotes; of a file {@code size-mtime}, in
 *     bytes and milliseconds
 */
public record ObjectId(String location, String version) {
  /** What stands behind the last slash. */
  public String fileName() {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return location;
  }
}
