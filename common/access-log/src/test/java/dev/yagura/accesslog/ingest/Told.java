package dev.yagura.accesslog.ingest;

import dev.yagura.accesslog.source.Delivery;
import dev.yagura.testing.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A delivery that remembers what it was told. */
final class Told implements Delivery {
  private final List<String> words = new CopyOnWriteArrayList<>();

  @Override
  public void committed() {
    words.add("committed");
  }

  @Override
  public void failed() {
    words.add("failed");
  }

  /** Waits for the first word; gives all. */
  List<String> words() {
    Await.until("a delivery is told", () -> !words.isEmpty());
    return words;
  }

  boolean isTold() {
    return !words.isEmpty();
  }
}
