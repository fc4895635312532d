package dev.yagura.testing.aws;

/** An answer that is an error, whatever the protocol it is written in. */
final class AwsError extends RuntimeException {
  private final int status;
  private final String code;
  private final String text;

  AwsError(int status, String code, String text) {
    super(code + ": " + text);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  /** A 400 that says what was wrong with the request. */
  static AwsError badRequest(String code, String text) {
    return new AwsError(400, code, text);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** What the service says, without the code. */
  String text() {
    return text;
  }
}
