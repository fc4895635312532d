package dev.yagura.core.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthTest {
  private final List<BcryptHash> computed = new CopyOnWriteArrayList<>();
  private final WebFiles files;

  BasicAuthTest(@TempDir Path directory) {
    files = new WebFiles(directory);
    files.config("basic_auth_users:", "  prometheus: " + Hashes.of("right"));
  }

  private Served serve() {
    return new Served(
        files.load(
            (password, hash) -> {
              computed.add(hash);
              return Bcrypt.compute(password, hash);
            }));
  }

  @Test
  void theRightPasswordIsLetIn() {
    try (Served served = serve()) {
      HttpResponse<String> answer = served.getAs("prometheus", "right");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
    }
  }

  @Test
  void aWrongPasswordIsAskedForAgain() {
    try (Served served = serve()) {
      HttpResponse<String> answer = served.getAs("prometheus", "wrong");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic");
      assertThat(answer.body()).isEqualTo("Unauthorized\n");
    }
  }

  @Test
  void anUnknownUserCostsOneComputationOfTheSameCostAndIsRefused() {
    try (Served served = serve()) {
      assertThat(served.getAs("prometheus", "wrong").statusCode()).isEqualTo(401);
      assertThat(served.getAs("nobody", "right").statusCode()).isEqualTo(401);
      assertThat(computed).hasSize(2).extracting(BcryptHash::cost).containsOnly("04");
      assertThat(computed.get(1)).isNotEqualTo(computed.get(0));
    }
  }

  @Test
  void anUnknownUserIsRefusedEvenIfTheDecoyShouldMatch() {
    try (Served served = new Served(files.load((password, hash) -> true))) {
      assertThat(served.getAs("nobody", "any").statusCode()).isEqualTo(401);
      assertThat(served.getAs("prometheus", "any").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void nothingAndNonsenseAreRefusedWithoutAComputation() {
    try (Served served = serve()) {
      assertThat(served.get().statusCode()).isEqualTo(401);
      assertThat(computed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic !!!", "Basic cHJvbWV0aGV1cw==", "Bearer abc", "Basicx a"})
  void aMalformedHeaderIsRefused(String header) {
    try (Served served = serve()) {
      assertThat(served.get("Authorization", header).statusCode()).isEqualTo(401);
      assertThat(computed).isEmpty();
    }
  }

  @Test
  void aRequestForHeadersOnlyIsRefusedWithoutABody() {
    try (Served served = serve()) {
      HttpRequest head =
          HttpRequest.newBuilder(URI.create("http://localhost:" + served.port() + "/-/healthy"))
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(served.send(head).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aPasswordIsComputedOnceWhetherRightOrWrong() {
    try (Served served = serve()) {
      for (int i = 0; i < 3; i++) {
        assertThat(served.getAs("prometheus", "right").statusCode()).isEqualTo(200);
        assertThat(served.getAs("prometheus", "wrong").statusCode()).isEqualTo(401);
      }
      assertThat(computed).hasSize(2);
    }
  }

  @Test
  void aChangedHashHoldsWithinASecond() {
    try (Served served = serve()) {
      assertThat(served.getAs("prometheus", "right").statusCode()).isEqualTo(200);
      files.config("basic_auth_users:", "  prometheus: " + Hashes.of("new"));
      files.passMillis(1000);
      assertThat(served.getAs("prometheus", "right").statusCode()).isEqualTo(401);
      assertThat(served.getAs("prometheus", "new").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rate_limit: {}", "basic_auth_users: [", "basic_auth_users: {a: b}"})
  void aFileThatLosesItsUsersOpensNothing(String content) {
    try (Served served = serve();
        LogTrap log = new LogTrap(LiveConfig.class)) {
      files.config(content);
      files.passMillis(1000);
      assertThat(served.get().statusCode()).isEqualTo(401);
      assertThat(served.getAs("prometheus", "right").statusCode()).isEqualTo(200);
      assertThat(log.warnings()).hasSize(1);
    }
  }

  @Test
  void withoutUsersEverybodyIsLetIn() {
    files.config("");
    try (Served served = serve()) {
      assertThat(served.get().statusCode()).isEqualTo(200);
    }
    try (Served served = new Served(WebSecurity.none())) {
      assertThat(served.get().statusCode()).isEqualTo(200);
    }
  }
}
