package dev.yagura.aws.cloudwatch;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One that has metrics.
 *
 * @param dimensions their names and values, all that its kind has
 */
record Resource(SortedMap<String, String> dimensions) implements Comparable<Resource> {

  Resource {
    dimensions = new TreeMap<>(dimensions);
  }

  /** The value of a dimension of its kind. */
  String value(String dimension) {
    return dimensions.getOrDefault(dimension, "");
  }

  @Override
  public int compareTo(Resource other) {
    return dimensions.toString().compareTo(other.dimensions.toString());
  }
}
