package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A request that is signed by somebody known, as a service sees it.
 *
 * @param signed when, by the clock of the caller
 */
record Call(
    Principal principal,
    String region,
    AwsService service,
    String operation,
    Input input,
    Instant signed) {

  /** The answer of the Query protocol: the result within what surrounds every result. */
  Answer result(Consumer<Xml> content) {
    return Answer.xml(
        200,
        Xml.document(
            operation + "Response",
            service.namespace(),
            response ->
                response
                    .element(operation + "Result", content)
                    .element("ResponseMetadata", meta -> meta.text("RequestId", "aws-double"))));
  }

  /** The answer of EC2's protocol: what was asked for, beside an id. */
  Answer response(Consumer<Xml> content) {
    return Answer.xml(
        200,
        Xml.document(
            operation + "Response",
            service.namespace(),
            response -> content.accept(response.text("requestId", "aws-double"))));
  }

  /** The answer of a JSON protocol. */
  Answer json(Map<String, ?> body) {
    return Answer.json(200, service.protocol().contentType(), body);
  }

  /** The answer of the REST-XML protocol: a document with this root. */
  Answer document(String root, Consumer<Xml> content) {
    return Answer.xml(200, Xml.document(root, service.namespace(), content));
  }

  /** Which page this asks for, from 1. */
  int page() {
    String token = input.text("Marker", input.text("nextToken", input.text("NextToken", "")));
    return Page.Token.of(token).page();
  }

  /** What a permission to do this is called. */
  String action() {
    return service.prefix() + ":" + operation;
  }
}
