package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.Map;

/** How a service speaks, and what it calls the errors that every service has. */
enum Protocol {
  QUERY("text/xml"),
  EC2("text/xml"),
  REST_XML("text/xml"),
  JSON_1_0("application/x-amz-json-1.0"),
  JSON_1_1("application/x-amz-json-1.1");

  private final String contentType;

  Protocol(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  boolean isJson() {
    return this == JSON_1_0 || this == JSON_1_1;
  }

  Answer write(AwsError error, String namespace) {
    if (isJson()) {
      return Answer.json(
              error.status(), contentType, Map.of("__type", error.code(), "message", error.text()))
          .with("x-amzn-ErrorType", error.code());
    }
    if (this == EC2) {
      return Answer.xml(error.status(), ofEc2(error, namespace));
    }
    return Answer.xml(
        error.status(),
        Xml.document(
            "ErrorResponse",
            namespace,
            response ->
                response
                    .element(
                        "Error",
                        inside ->
                            inside
                                .text("Type", error.status() < 500 ? "Sender" : "Receiver")
                                .text("Code", error.code())
                                .text("Message", error.text()))
                    .text("RequestId", "aws-double")));
  }

  private static Xml ofEc2(AwsError error, String namespace) {
    return Xml.document(
        "Response",
        namespace,
        response ->
            response
                .element(
                    "Errors",
                    errors ->
                        errors.element(
                            "Error",
                            inside ->
                                inside.text("Code", error.code()).text("Message", error.text())))
                .text("RequestID", "aws-double"));
  }

  private AwsError refused(String xmlCode, String jsonCode, String text) {
    return isJson() ? new AwsError(400, jsonCode, text) : new AwsError(403, xmlCode, text);
  }

  AwsError unsigned() {
    return refused(
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "Request is missing Authentication Token");
  }

  AwsError unknownKey() {
    if (this == EC2) {
      return new AwsError(401, "AuthFailure", "The access credentials could not be validated.");
    }
    return refused(
        "InvalidClientTokenId",
        "UnrecognizedClientException",
        "The security token included in the request is invalid.");
  }

  AwsError expired() {
    return refused(
        "ExpiredToken",
        "ExpiredTokenException",
        "The security token included in the request is expired");
  }

  AwsError denied(String arn, String action) {
    return refused(
        this == EC2 ? "UnauthorizedOperation" : "AccessDenied",
        "AccessDeniedException",
        "User: " + arn + " is not authorized to perform: " + action);
  }

  AwsError throttled() {
    if (this == EC2) {
      return new AwsError(503, "RequestLimitExceeded", "Request limit exceeded.");
    }
    return AwsError.badRequest(isJson() ? "ThrottlingException" : "Throttling", "Rate exceeded");
  }

  AwsError internal() {
    return new AwsError(500, "InternalFailure", "The request failed for an unknown reason.");
  }

  /** The error for a request signed at a time too far from the server's. */
  AwsError skewed(AwsService service, Instant signed, Instant now) {
    String text = "Signature expired: " + signed + " is too far from " + now;
    if (service == AwsService.CLOUDWATCH
        || service == AwsService.EC2
        || service == AwsService.RDS) {
      return AwsError.badRequest("RequestExpired", text);
    }
    return refused("SignatureDoesNotMatch", "InvalidSignatureException", text);
  }
}
