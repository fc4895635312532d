package dev.yagura.core.web.security;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Puts the configured headers on every answer, also on one that refuses. */
final class HeadersFilter extends Filter {
  private final LiveConfig live;

  HeadersFilter(LiveConfig live) {
    this.live = live;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    live.current().config().headers().forEach(exchange.getResponseHeaders()::set);
    chain.doFilter(exchange);
  }

  @Override
  public String description() {
    return "response headers of the web config";
  }
}
