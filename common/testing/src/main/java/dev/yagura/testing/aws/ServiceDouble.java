package dev.yagura.testing.aws;

/** A service of one account in one region. It is locked while it answers. */
@FunctionalInterface
interface ServiceDouble {
  /** The answer to a call; an {@link AwsError} is written in the service's protocol. */
  Answer answer(Call call);

  /** The error for an operation that the double does not know. */
  static AwsError unknown(Call call) {
    return AwsError.badRequest(
        call.service().protocol().isJson() ? "UnknownOperationException" : "InvalidAction",
        "The double of " + call.service().prefix() + " has no operation " + call.operation() + ".");
  }
}
