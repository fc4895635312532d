package dev.yagura.loggenerator;

import java.util.SplittableRandom;

/**
 * How a request ended.
 *
 * @param weight how often, against the others
 * @param status 0 is logged as 000
 * @param result {@code x-edge-result-type}
 * @param response {@code x-edge-response-result-type}
 * @param size part of the object that is sent, in percent; headers are sent always
 */
record Outcome(int weight, int status, String result, String response, String detailed, int size) {
  private static final Outcome[] ALL = {
    new Outcome(6500, 200, "Hit", "Hit", "Hit", 100),
    new Outcome(1400, 200, "Miss", "Miss", "Miss", 100),
    new Outcome(60, 200, "Miss", "Miss", "OriginShieldHit", 100),
    new Outcome(20, 200, "Miss", "Miss", "MissGeneratedResponse", 100),
    new Outcome(400, 200, "RefreshHit", "RefreshHit", "RefreshHit", 100),
    new Outcome(400, 304, "RefreshHit", "RefreshHit", "RefreshHit", 0),
    new Outcome(250, 304, "Hit", "Hit", "Hit", 0),
    new Outcome(200, 206, "Hit", "Hit", "Hit", 30),
    new Outcome(100, 206, "Miss", "Miss", "Miss", 30),
    new Outcome(90, 200, "Error", "Miss", "ClientHungUpRequest", 40),
    new Outcome(90, 200, "Error", "Hit", "ClientCommError", 60),
    new Outcome(5, 200, "Error", "Error", "OriginReadError", 20),
    new Outcome(40, 206, "Error", "Miss", "ClientHungUpRequest", 10),
    new Outcome(30, 0, "Error", "Error", "ClientHungUpRequest", 0),
    new Outcome(20, 0, "Error", "Miss", "ClientHungUpRequest", 0),
    new Outcome(200, 301, "Redirect", "Redirect", "Redirect", 0),
    new Outcome(200, 404, "Error", "Error", "Error", 0),
    new Outcome(60, 404, "Hit", "Error", "Hit", 0),
    new Outcome(50, 403, "Error", "Error", "ClientGeoBlocked", 0),
    new Outcome(40, 403, "Error", "Error", "InvalidRequestBlocked", 0),
    new Outcome(20, 403, "LimitExceeded", "LimitExceeded", "LimitExceeded", 0),
    new Outcome(30, 502, "Error", "Error", "OriginConnectError", 0),
    new Outcome(10, 504, "Error", "Error", "OriginCommError", 0),
    new Outcome(10, 503, "CapacityExceeded", "CapacityExceeded", "CapacityExceeded", 0),
    new Outcome(10, 503, "LambdaExecutionError", "LambdaExecutionError", "LambdaExecutionError", 0),
    new Outcome(90, 200, "LambdaGeneratedResponse", "LambdaGeneratedResponse", "-", 5),
    new Outcome(60, 302, "FunctionGeneratedResponse", "FunctionGeneratedResponse", "-", 0),
    new Outcome(3, 101, "Miss", "Miss", "Miss", 0),
  };

  private static final int SUM = sum();

  private static int sum() {
    int sum = 0;
    for (Outcome outcome : ALL) {
      sum += outcome.weight;
    }
    return sum;
  }

  /** One of them by its weight. */
  static Outcome pick(SplittableRandom random) {
    int left = random.nextInt(SUM);
    for (Outcome outcome : ALL) {
      left -= outcome.weight;
      if (left < 0) {
        return outcome;
      }
    }
    throw new AssertionError("the weights are summed wrong");
  }

  /** The same with a result type that nobody knows. */
  Outcome called(String type) {
    return new Outcome(weight, status, type, type, type, size);
  }
}
