package dev.yagura.loggenerator;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * An object of an invented site; the same number is always the same object.
 *
 * @param path percent-encoded, as logged
 * @param bytes of a whole answer, headers included
 */
record WebObject(String path, String contentType, long bytes) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int ODD = 0x9E3779B1;
  private static final String[] WORDS = {
    "summer", "lake", "night", "tower", "market", "garden", "river", "winter", "harbour", "stone"
  };

  static WebObject number(int number) {
    var random = new SplittableRandom(number * GOLDEN);
    // An odd factor gives every number another hash.
    String hash = String.format(Locale.ROOT, "%08x", number * ODD);
    String word = WORDS[random.nextInt(WORDS.length)];
    long spread = (long) Math.exp(random.nextDouble() * 4);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          new WebObject(
              "/img/" + number + "/" + word + "-" + hash + ".jpg", "image/jpeg", 8_000 * spread);
      case 3 ->
          new WebObject("/assets/" + word + "." + hash + ".js", "text/javascript", 3_000 * spread);
      case 4 -> new WebObject("/assets/" + word + "." + hash + ".css", "text/css", 1_500 * spread);
      case 5 ->
          new WebObject(
              "/video/" + hash + "/720p/segment-" + number % 1000 + ".ts",
              "video/mp2t",
              90_000 * spread);
      case 6 ->
          new WebObject("/api/v1/items/" + number + "/" + word, "application/json", 400 * spread);
      case 7 ->
          new WebObject(
              "/docs/" + word + "%20" + number + "/%E6%AB%93-" + hash + ".html",
              "text/html;%20charset=utf-8",
              4_000 * spread);
      case 8 ->
          new WebObject(
              "/download/" + word + "/release-" + number + ".zip",
              "application/zip",
              400_000 * spread);
      default -> new WebObject("/" + word + "/" + number + "/", "text/html", 5_000 * spread);
    };
  }
}
