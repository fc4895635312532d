package dev.yagura.ecs.environments;

/** A text that may be looked at only so often: what a regular expression does with it ends. */
final class BoundedText implements CharSequence {

  /** It was looked at too often. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException() {
      super("too much work for a pattern", null, false, false);
    }
  }

  private final String text;
  private int looks;

  BoundedText(String text, int looks) {
    this.text = text;
    this.looks = looks;
  }

  @Override
  public char charAt(int index) {
    if (looks-- <= 0) {
      throw new ExhaustedException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
