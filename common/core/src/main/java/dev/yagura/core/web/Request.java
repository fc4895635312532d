package dev.yagura.core.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One HTTP request, and the ways in which it is answered. */
final class Request {
  private final HttpExchange exchange;

  Request(HttpExchange exchange) {
    this.exchange = exchange;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** Whether only the headers of the answer are wanted. */
  boolean isHead() {
    return method().equals("HEAD");
  }

  String path() {
    return exchange.getRequestURI().getPath();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** Every value of a parameter of the query, decoded; one that cannot be decoded is left out. */
  List<String> parameters(String name) {
    return parameters().getOrDefault(name, List.of());
  }

  /** The parameters of the query, decoded; those that cannot be decoded are left out. */
  Map<String, List<String>> parameters() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0) {
          String name = decode(pair.substring(0, equals));
          String value = decode(pair.substring(equals + 1));
          if (name != null && value != null) {
            all.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
          }
        }
      }
    }
    return all;
  }

  private static @Nullable String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  void setHeader(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /** Answers with a line of plain text. */
  void text(int status, String text) throws IOException {
    body(status, "text/plain; charset=utf-8", text + "\n");
  }

  /** Answers with a whole body. */
  void body(int status, String contentType, String body) throws IOException {
    bytes(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a whole body. */
  void bytes(int status, String contentType, byte[] bytes) throws IOException {
    setHeader("Content-Type", contentType);
    if (isHead()) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Something that writes a body as it goes. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Answers with a body whose length is not known before. One that breaks off is not closed: the
   * last chunk would make half an answer look whole.
   */
  void stream(String contentType, Body body) throws IOException {
    setHeader("Content-Type", contentType);
    if (isHead()) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    body.writeTo(out);
    out.close();
  }
}
