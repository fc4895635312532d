package dev.yagura.core.web.security;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Lets through who knows the password of a configured user; with no users, everybody. */
final class BasicAuthFilter extends Filter {
  private final LiveConfig live;
  private final PasswordCheck passwords;

  BasicAuthFilter(LiveConfig live, PasswordCheck passwords) {
    this.live = live;
    this.passwords = passwords;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    switch (check(exchange)) {
      case ACCEPTED -> chain.doFilter(exchange);
      case REFUSED -> {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic");
        Refusal.send(exchange, 401, "Unauthorized");
      }
      case BUSY -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        Refusal.send(exchange, 503, "Service Unavailable");
      }
    }
  }

  private PasswordCheck.Outcome check(HttpExchange exchange) {
    Map<String, BcryptHash> users = live.current().config().users();
    if (users.isEmpty()) {
      return PasswordCheck.Outcome.ACCEPTED;
    }
    Optional<Credentials> credentials =
        Credentials.fromHeader(exchange.getRequestHeaders().getFirst("Authorization"));
    return credentials
        .map(given -> passwords.check(users, given))
        .orElse(PasswordCheck.Outcome.REFUSED);
  }

  @Override
  public String description() {
    return "basic authentication of the web config";
  }
}
