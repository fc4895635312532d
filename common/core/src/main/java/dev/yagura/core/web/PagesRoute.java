package dev.yagura.core.web;

import dev.yagura.core.page.Answer;
import dev.yagura.core.page.Page;
import dev.yagura.core.scrape.Exporter;
import dev.yagura.core.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The pages of the exporters; whatever they cost, they leave threads for the metrics. */
final class PagesRoute {
  static final int MAX_IN_FLIGHT = 8;

  private final Suite suite;
  private final Semaphore free = new Semaphore(MAX_IN_FLIGHT);

  PagesRoute(Suite suite) {
    this.suite = suite;
  }

  void answer(Request request) throws IOException {
    if (!suite.use(exporters -> page(exporters, request).isPresent())) {
      request.text(404, "nothing here; see /");
      return;
    }
    if (!free.tryAcquire()) {
      request.setHeader("Retry-After", "5");
      request.text(503, "too many pages are being made");
      return;
    }
    try {
      Answer answer = suite.use(exporters -> make(exporters, request));
      request.setHeader("X-Content-Type-Options", "nosniff");
      request.setHeader("Cache-Control", "no-store");
      answer.headers().forEach(request::setHeader);
      request.bytes(answer.status(), answer.contentType(), answer.bytes());
    } finally {
      free.release();
    }
  }

  private static Optional<Page> page(List<Exporter> exporters, Request request) {
    return exporters.stream()
        .flatMap(exporter -> exporter.pages().stream())
        .filter(page -> page.path().equals(request.path()))
        .findFirst();
  }

  /** What fails in here is our fault, unlike an answer that is not taken. */
  private static Answer make(List<Exporter> exporters, Request request) {
    Optional<Page> page = page(exporters, request);
    if (page.isEmpty()) {
      return Answer.text(404, "nothing here any more; see /\n");
    }
    try {
      return page.get().answerer().answer(request.parameters());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
