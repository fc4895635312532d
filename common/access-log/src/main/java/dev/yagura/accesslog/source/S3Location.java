package dev.yagura.accesslog.source;

/** {@code s3://bucket/prefix} in its parts; the prefix may be empty. */
record S3Location(String bucket, String prefix) {
  private static final String SCHEME = "s3://";

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static S3Location of(String text) {
    if (!text.startsWith(SCHEME)) {
      throw new IllegalArgumentException("must be s3://bucket/prefix");
    }
    String rest = text.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    if (bucket.isBlank()) {
      throw new IllegalArgumentException("must be s3://bucket/prefix, and names no bucket");
    }
    return new S3Location(bucket, slash < 0 ? "" : rest.substring(slash + 1));
  }
}
