package dev.yagura.aws.meter;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Properties;

/**
 * What a request costs, in US dollars at the list price, from the resource {@code
 * prices.properties}. Free tiers and discounts are left out, so what is estimated is the most that
 * a bill may say. A request that is not listed is free.
 */
public final class PriceList {
  private static final String RESOURCE = "prices.properties";
  private static final String DATE = "date";

  private final Properties prices;

  private PriceList(Properties prices) {
    this.prices = prices;
  }

  /** The list that comes with this release. */
  public static PriceList read() {
    try (InputStream in = PriceList.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      var prices = new Properties();
      prices.load(in);
      return new PriceList(prices);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " cannot be read", e);
    }
  }

  /** The day on which the prices were looked up. */
  public LocalDate date() {
    return LocalDate.parse(prices.getProperty(DATE, ""));
  }

  /**
   * Dollars for one billed unit of an operation: a request, or for {@code GetMetricData} a metric.
   *
   * @param service as IAM writes it: {@code cloudwatch}
   */
  public double dollars(String service, String operation) {
    String price = prices.getProperty(service + "." + operation, prices.getProperty(service, "0"));
    return Double.parseDouble(price);
  }
}
