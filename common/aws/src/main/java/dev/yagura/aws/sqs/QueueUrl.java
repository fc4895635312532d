package dev.yagura.aws.sqs;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the address of a queue says.
 *
 * @param region that its host names
 * @param endpoint where to send requests, if the host is none of AWS's own public ones
 */
public record QueueUrl(Optional<String> region, Optional<URI> endpoint) {
  private static final Pattern HOST =
      Pattern.compile("(?:.+\\.)?sqs(?:-fips)?\\.([a-z]+(?:-[a-z0-9]+)+)\\.(.+)");
  private static final Pattern OLD_HOST =
      Pattern.compile("([a-z]+(?:-[a-z0-9]+)+)\\.queue\\.amazonaws\\.com(?:\\.cn)?");
  private static final Pattern PUBLIC =
      Pattern.compile("sqs\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static QueueUrl of(String url) {
    URI uri = http(url);
    String path = uri.getPath();
    if (path == null || path.lastIndexOf('/') <= 0 || path.endsWith("/")) {
      throw new IllegalArgumentException("must end in an account and the name of a queue");
    }
    String host = uri.getHost();
    Matcher old = OLD_HOST.matcher(host);
    if (old.matches()) {
      return new QueueUrl(Optional.of(old.group(1)), Optional.empty());
    }
    Matcher usual = HOST.matcher(host);
    Optional<String> region = usual.matches() ? Optional.of(usual.group(1)) : Optional.empty();
    boolean known = PUBLIC.matcher(host).matches();
    return new QueueUrl(
        region,
        known ? Optional.empty() : Optional.of(URI.create(uri.getScheme() + "://" + hostOf(uri))));
  }

  private static String hostOf(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /**
   * Reads an address of HTTP; it is not quoted when it is refused, for it may hold a password.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static URI http(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "must be http:// or https:// and a host, with neither password nor query");
  }
}
