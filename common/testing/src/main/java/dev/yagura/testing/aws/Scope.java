package dev.yagura.testing.aws;

import java.time.Clock;

/** Where a service is: the twelve digits of an account, a region, and everything around them. */
record Scope(String account, String region, Realm realm) {
  Clock clock() {
    return realm.clock();
  }

  /** The ARN of a resource of this service here. */
  String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
