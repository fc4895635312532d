package dev.yagura.aws.aurora;

/**
 * Where something listens.
 *
 * @param host a name of DNS
 */
public record AuroraEndpoint(String host, int port) {
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
