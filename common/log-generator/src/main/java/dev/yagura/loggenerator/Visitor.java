package dev.yagura.loggenerator;

import java.util.SplittableRandom;

/**
 * Who asks; invented, with addresses that are kept for documentation.
 *
 * @param modern whether the client speaks HTTP/2 and TLS 1.3
 */
record Visitor(
    String address,
    String agent,
    String cookie,
    String forwardedFor,
    String country,
    boolean modern) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final String[] COUNTRIES = {"JP", "US", "DE", "BR", "IN", "GB", "AU", "-"};
  private static final String[] SYSTEMS = {
    "Windows%20NT%2010.0;%20Win64;%20x64",
    "Macintosh;%20Intel%20Mac%20OS%20X%2010_15_7",
    "X11;%20Linux%20x86_64",
    "Linux;%20Android%2014;%20Pixel%208"
  };

  static Visitor number(int number) {
    var random = new SplittableRandom(~number * GOLDEN);
    String address =
        random.nextInt(5) == 0
            ? "2001:db8:" + hex(random, 4) + ":" + hex(random, 4) + "::" + hex(random, 3)
            : (random.nextBoolean() ? "198.51." : "203.0.")
                + random.nextInt(256)
                + "."
                + random.nextInt(256);
    return new Visitor(
        address,
        agent(random),
        random.nextInt(2) == 0
            ? "-"
            : "session="
                + hex(random, 16)
                + ";%20_ga=GA1.2."
                + random.nextInt(10_000_000, 100_000_000)
                + ".17"
                + random.nextInt(10_000_000, 100_000_000)
                + ";%20theme=dark",
        random.nextInt(12) == 0 ? address + ",\\x2010.0." + random.nextInt(256) + ".9" : "-",
        COUNTRIES[random.nextInt(COUNTRIES.length)],
        random.nextInt(4) != 0);
  }

  private static String agent(SplittableRandom random) {
    String system = SYSTEMS[random.nextInt(SYSTEMS.length)];
    int major = random.nextInt(118, 143);
    return switch (random.nextInt(12)) {
      case 0, 1 ->
          "Mozilla/5.0%20("
              + system
              + ";%20rv:"
              + major
              + ".0)%20Gecko/20100101%20Firefox/"
              + major
              + ".0";
      case 2, 3 ->
          "Mozilla/5.0%20(iPhone;%20CPU%20iPhone%20OS%20"
              + random.nextInt(15, 19)
              + "_"
              + random.nextInt(8)
              + "%20like%20Mac%20OS%20X)%20AppleWebKit/605.1.15%20(KHTML,%20like%20Gecko)"
              + "%20Version/17.4%20Mobile/15E148%20Safari/604.1";
      case 4 -> "Mozilla/5.0%20(compatible;%20Googlebot/2.1;%20+http://www.google.com/bot.html)";
      case 5 -> "curl/8." + random.nextInt(14) + ".1";
      case 6 -> "Mozilla/5.0%2520(" + system.replace("%20", "%2520") + ")";
      case 7 -> "-";
      default ->
          "Mozilla/5.0%20("
              + system
              + ")%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Chrome/"
              + major
              + ".0."
              + random.nextInt(5000, 7300)
              + "."
              + random.nextInt(200)
              + "%20Safari/537.36";
    };
  }

  static String hex(SplittableRandom random, int digits) {
    var text = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }
}
