package dev.yagura.testing.aws;

/** The load balancers of an account in a region. */
public final class ElbDouble implements ServiceDouble {
  ElbDouble(Scope scope) {}

  @Override
  public Answer answer(Call call) {
    throw ServiceDouble.unknown(call);
  }
}
