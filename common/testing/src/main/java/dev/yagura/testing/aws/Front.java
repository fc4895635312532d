package dev.yagura.testing.aws;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where requests arrive: finds out whose they are, notes them, and lets faults and services answer.
 */
final class Front {
  private final Realm realm;
  private final AccountDouble anybody;
  private final List<AwsCall> calls = new ArrayList<>();
  private Weather weather = Weather.fine();
  private boolean dated;

  Front(Realm realm, AccountDouble anybody) {
    this.realm = realm;
    this.anybody = anybody;
  }

  synchronized void fail(Fault fault, Predicate<AwsCall> which) {
    weather = weather.and(fault, which);
  }

  synchronized void heal() {
    Frost frost = weather.frost();
    weather = Weather.fine();
    frost.thaw();
  }

  synchronized List<AwsCall> calls() {
    return List.copyOf(calls);
  }

  synchronized void clearCalls() {
    calls.clear();
  }

  private synchronized Weather note(AwsCall call) {
    calls.add(call);
    return weather;
  }

  synchronized void sendDates() {
    dated = true;
  }

  private synchronized boolean isDated() {
    return dated;
  }

  /** The answer, with the time of the double where it is to be told and a fault has no other. */
  Answer answer(Request request) {
    Answer answer = undated(request);
    if (!isDated() || answer.headers().containsKey("Date")) {
      return answer;
    }
    return answer.with(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            realm.clock().instant().atOffset(ZoneOffset.UTC)));
  }

  private Answer undated(Request request) {
    Protocol protocol = request.target() == null ? Protocol.QUERY : Protocol.JSON_1_1;
    String namespace = AwsService.STS.namespace();
    try {
      Request.Credential credential = request.credential();
      protocol = credential.service().protocol();
      namespace = credential.service().namespace();
      return answer(request, credential);
    } catch (AwsError error) {
      return protocol.write(error, namespace);
    }
  }

  private Answer answer(Request request, Request.Credential credential) {
    Protocol protocol = credential.service().protocol();
    Principal principal = realm.keys().of(credential.accessKeyId(), anybody);
    if (principal == null) {
      throw protocol.unknownKey();
    }
    Call call = request.call(principal, credential);
    Bill bill = Bill.of(call);
    AwsCall logged =
        new AwsCall(
            principal.account().id(),
            call.region(),
            call.service().prefix(),
            call.operation(),
            realm.clock().instant(),
            bill.queries(),
            bill.metrics(),
            call.input().text("cluster", ""));
    Weather now = note(logged);
    if (principal.token() != null && !principal.token().equals(request.token())) {
      throw protocol.unknownKey();
    }
    if (principal.expires() != null && !logged.at().isBefore(principal.expires())) {
      throw protocol.expired();
    }
    return now.answer(call, logged, () -> healthy(call));
  }

  private static Answer healthy(Call call) {
    ServiceDouble service = call.principal().account().service(call.service(), call.region());
    synchronized (service) {
      return service.answer(call);
    }
  }
}
