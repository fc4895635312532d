package dev.yagura.accesslog.source;

import dev.yagura.core.scrape.ScrapeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it was offered, and knows what it is told to know. */
class CollectingInbox implements Inbox {
  record Offer(LogObject object, Delivery delivery) {}

  final Set<ObjectId> known = new HashSet<>();
  final Map<String, Instant> looks = new HashMap<>();
  final AtomicInteger unusable = new AtomicInteger();
  private final List<Offer> offers = new ArrayList<>();

  @Override
  public boolean isKnown(ObjectId id) {
    return known.contains(id);
  }

  @Override
  public synchronized void offer(LogObject object, Delivery delivery) throws InterruptedException {
    offers.add(new Offer(object, delivery));
  }

  @Override
  public Optional<Instant> lastWholeLook(String source) {
    return Optional.ofNullable(looks.get(source));
  }

  @Override
  public void wholeLook(String source, Instant began) {
    looks.put(source, began);
  }

  @Override
  public void unusableNotification(String source) {
    unusable.incrementAndGet();
  }

  synchronized List<Offer> offers() {
    return List.copyOf(offers);
  }

  List<LogObject> objects() {
    return offers().stream().map(Offer::object).toList();
  }

  /** What one look offers, by the last part of its name, in the order of names. */
  List<String> look(LogSource source) throws ScrapeException, InterruptedException {
    return locations(source).stream()
        .map(location -> location.substring(location.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  /** What one look offers, as it comes. */
  List<String> locations(LogSource source) throws ScrapeException, InterruptedException {
    synchronized (this) {
      offers.clear();
    }
    source.poll(this);
    return objects().stream().map(object -> object.id().location()).toList();
  }
}
