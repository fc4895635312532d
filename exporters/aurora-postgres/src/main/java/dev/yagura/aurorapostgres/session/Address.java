package dev.yagura.aurorapostgres.session;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is, as libpq writes it: {@code postgresql://user@host:5432/db?sslmode=require} or
 * {@code host=... dbname=...}. A password in it is kept apart and never printed.
 *
 * @param hosts one or more of {@code host:port}, tried in order; IPv6 in brackets
 * @param database empty for the user's own
 * @param user empty if the address does not tell
 * @param password null if the address does not tell
 * @param parameters the rest, by their libpq or driver name
 */
public record Address(
    List<String> hosts,
    String database,
    String user,
    @Nullable String password,
    Map<String, String> parameters) {

  private static final Pattern URI =
      Pattern.compile("postgres(?:ql)?://(?:([^@/?]*)@)?([^/?]*)(?:/([^?]*))?(?:\\?(.*))?");
  private static final Pattern SETTING =
      Pattern.compile("\\G\\s*(\\w+)\\s*=\\s*('(?:[^'\\\\]|\\\\.)*'|[^\\s']*)\\s*");

  public Address {
    hosts = List.copyOf(hosts);
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat it, for it may hold
   *     a password
   */
  public static Address parse(String text) {
    String trimmed = text.trim();
    Matcher uri = URI.matcher(trimmed);
    if (uri.matches()) {
      return ofUri(uri);
    }
    if (trimmed.contains("://")) {
      throw new IllegalArgumentException("an address begins with postgresql://");
    }
    return ofSettings(trimmed);
  }

  private static Address ofUri(Matcher uri) {
    Map<String, String> settings = new LinkedHashMap<>();
    String credentials = Optional.ofNullable(uri.group(1)).orElse("");
    int colon = credentials.indexOf(':');
    settings.put("user", decode(colon < 0 ? credentials : credentials.substring(0, colon)));
    if (colon >= 0) {
      settings.put("password", decode(credentials.substring(colon + 1)));
    }
    settings.put("dbname", decode(Optional.ofNullable(uri.group(3)).orElse("")));
    for (String pair : Optional.ofNullable(uri.group(4)).orElse("").split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("a parameter of the address has no value");
        }
        settings.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    List<String> hosts = new ArrayList<>();
    for (String host : decode(uri.group(2)).split(",", -1)) {
      hosts.add(withPort(host, settings.getOrDefault("port", "5432")));
    }
    String given = settings.remove("host");
    if (given != null && uri.group(2).isEmpty()) {
      hosts.clear();
      hosts.add(withPort(given, settings.getOrDefault("port", "5432")));
    }
    return of(hosts, settings);
  }

  private static Address ofSettings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    Matcher setting = SETTING.matcher(text);
    int end = 0;
    while (setting.find()) {
      String value = setting.group(2);
      if (value.startsWith("'")) {
        value = value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
      }
      settings.put(setting.group(1), value);
      end = setting.end();
    }
    if (settings.isEmpty() || end != text.length()) {
      throw new IllegalArgumentException(
          "an address is postgresql://host:port/database or host=... dbname=...");
    }
    String[] ports = settings.getOrDefault("port", "5432").split(",", -1);
    List<String> hosts = new ArrayList<>();
    for (String host : settings.getOrDefault("host", "localhost").split(",", -1)) {
      hosts.add(withPort(host, ports[Math.min(hosts.size(), ports.length - 1)]));
    }
    settings.remove("host");
    return of(hosts, settings);
  }

  private static Address of(List<String> hosts, Map<String, String> settings) {
    settings.remove("port");
    String password = settings.remove("password");
    String user = Optional.ofNullable(settings.remove("user")).orElse("");
    String database = Optional.ofNullable(settings.remove("dbname")).orElse("");
    return new Address(hosts, database, user, password, settings);
  }

  private static String withPort(String host, String port) {
    String name = host.isEmpty() ? "localhost" : host;
    if (name.startsWith("/")) {
      throw new IllegalArgumentException("a Unix socket cannot be used; name a host");
    }
    boolean bareIpv6 = name.indexOf(':') != name.lastIndexOf(':') && !name.startsWith("[");
    if (bareIpv6) {
      name = "[" + name + "]";
    }
    boolean hasPort = name.lastIndexOf(':') > name.lastIndexOf(']');
    String full = hasPort ? name : name + ":" + port;
    String number = full.substring(full.lastIndexOf(':') + 1);
    if (!number.matches("\\d{1,5}")) {
      throw new IllegalArgumentException("not a port: " + number);
    }
    return full.toLowerCase(Locale.ROOT);
  }

  private static String decode(String text) {
    try {
      // A plus sign is itself here; only in forms is it a space.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a percent sign of the address is not followed by hex", e);
    }
  }

  /** The same server, another database. */
  public Address inDatabase(String other) {
    return new Address(hosts, other, user, password, parameters);
  }

  /** The first host and port: the label {@code server} and the name of a target that has none. */
  public String hostAndPort() {
    return hosts.get(0);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "postgresql://" + String.join(",", hosts) + "/" + database;
  }
}
