package dev.yagura.core.web.security;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Answers 429 above the configured rate, all clients taken together as in the toolkit. */
final class RateLimitFilter extends Filter {
  private final LiveConfig live;

  RateLimitFilter(LiveConfig live) {
    this.live = live;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    TokenBucket limiter = live.current().limiter();
    if (limiter == null || limiter.tryTake()) {
      chain.doFilter(exchange);
    } else {
      Refusal.send(exchange, 429, "Too Many Requests");
    }
  }

  @Override
  public String description() {
    return "rate limit of the web config";
  }
}
