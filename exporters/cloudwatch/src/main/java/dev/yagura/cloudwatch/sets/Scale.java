package dev.yagura.cloudwatch.sets;

/** From CloudWatch's units to base units. */
final class Scale {
  static final double NONE = 1;
  static final double PERCENT = 0.01;
  static final double MILLISECONDS = 0.001;

  private Scale() {}
}
