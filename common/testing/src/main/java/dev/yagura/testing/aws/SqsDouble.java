package dev.yagura.testing.aws;

/** The queues of an account in a region. */
public final class SqsDouble implements ServiceDouble {
  SqsDouble(Scope scope) {}

  @Override
  public Answer answer(Call call) {
    throw ServiceDouble.unknown(call);
  }
}
