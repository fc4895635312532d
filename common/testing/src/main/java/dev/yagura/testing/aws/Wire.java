package dev.yagura.testing.aws;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.Arrays;
import java.util.function.Function;

/** Lets the double answer whatever WireMock is asked. */
final class Wire implements ResponseDefinitionTransformerV2 {
  private final Function<Request, Answer> front;

  Wire(Function<Request, Answer> front) {
    this.front = front;
  }

  @Override
  public String getName() {
    return "aws-double";
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    LoggedRequest came = event.getRequest();
    Answer answer =
        front.apply(
            new Request(
                came.getMethod().getName(),
                came.getUrl(),
                came.getBodyAsString(),
                came.getHeader("Authorization"),
                came.getHeader("X-Amz-Target"),
                came.getHeader("X-Amz-Security-Token"),
                came.getHeader("X-Amz-Date")));
    byte[] body = answer.body();
    ResponseDefinitionBuilder response =
        ResponseDefinitionBuilder.responseDefinition()
            .withStatus(answer.status())
            .withHeader("x-amzn-RequestId", "aws-double");
    answer.headers().forEach(response::withHeader);
    if (answer.cut()) {
      // The client waits for what is missing until the connection ends.
      response.withHeader("Content-Length", String.valueOf(body.length));
      body = Arrays.copyOf(body, body.length / 2);
    }
    return response.withBody(body).build();
  }
}
