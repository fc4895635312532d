package dev.yagura.cloudfront.count;

import java.util.Optional;

/**
 * What is counted for each object, in the order in which it is stored; as AWS defines the columns
 * of its Popular Objects Report in terms of access log fields.
 */
public enum Column {
  /** Lines. */
  REQUESTS(0),
  /** Lines whose {@code x-edge-response-result-type} is Hit; RefreshHit is not. */
  HITS(1),
  /** Lines whose {@code x-edge-response-result-type} is Miss. */
  MISSES(2),
  /**
   * Sum of {@code sc-bytes} where {@code x-edge-result-type} is Miss: another field than MISSES.
   */
  BYTES_FROM_MISSES(3),
  /** Sum of {@code sc-bytes}. */
  BYTES(4),
  /** Lines with {@code sc-status} 200 and {@code x-edge-result-type} Error. */
  INCOMPLETE_DOWNLOADS(5),
  /** Lines with an {@code sc-status} from 200 to 299. */
  HTTP_2XX(6),
  /** Lines with an {@code sc-status} from 300 to 399. */
  HTTP_3XX(7),
  /** Lines with an {@code sc-status} from 400 to 499. */
  HTTP_4XX(8),
  /** Lines with an {@code sc-status} from 500 to 599. */
  HTTP_5XX(9);

  /** How many there are. */
  public static final int COUNT = values().length;

  private final int index;

  Column(int index) {
    this.index = index;
  }

  /**
   * The column of the log without which nothing is known of this one; empty if all logs have it.
   */
  public Optional<String> toldBy() {
    return switch (this) {
      case HITS, MISSES -> Optional.of("x-edge-response-result-type");
      case BYTES_FROM_MISSES, INCOMPLETE_DOWNLOADS -> Optional.of("x-edge-result-type");
      default -> Optional.empty();
    };
  }

  /** Where its value stands; also in the state, so it never changes. */
  public int index() {
    return index;
  }
}
