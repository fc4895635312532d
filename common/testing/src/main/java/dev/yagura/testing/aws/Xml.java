package dev.yagura.testing.aws;

import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes XML as AWS does: elements without attributes, and lists that hold named items. */
final class Xml {
  private final StringBuilder out;

  private Xml(int capacity) {
    out = new StringBuilder(capacity);
  }

  /** A document with this root. */
  static Xml document(String root, String namespace, Consumer<Xml> content) {
    Xml xml = new Xml(4096);
    xml.out.append('<').append(root);
    xml.out.append(" xmlns=\"").append(namespace).append("\">");
    content.accept(xml);
    xml.end(root);
    return xml;
  }

  Xml element(String name, Consumer<Xml> content) {
    begin(name);
    content.accept(this);
    end(name);
    return this;
  }

  /** An element with text; none if there is no value. */
  Xml text(String name, @Nullable Object value) {
    if (value != null) {
      begin(name);
      escape(written(value));
      end(name);
    }
    return this;
  }

  <T> Xml list(String name, String item, Collection<T> items, BiConsumer<Xml, T> content) {
    begin(name);
    for (T each : items) {
      begin(item);
      content.accept(this, each);
      end(item);
    }
    end(name);
    return this;
  }

  /** The text of the element that is open. */
  Xml characters(Object value) {
    escape(written(value));
    return this;
  }

  private static String written(Object value) {
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue()) + ".0";
    }
    return value.toString();
  }

  private void begin(String name) {
    out.append('<').append(name).append('>');
  }

  private void end(String name) {
    out.append("</").append(name).append('>');
  }

  private void escape(String text) {
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      String entity =
          switch (text.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> "";
          };
      if (!entity.isEmpty()) {
        out.append(text, plain, i).append(entity);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length());
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
