package dev.yagura.aurorapostgres.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.yagura.aurorapostgres.session.Credentials.Login;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import java.io.IOException;

/** What stands in a secret: an object as RDS writes it, or the password as it is. */
final class SecretText {
  private static final JsonFactory JSON = new JsonFactory();

  private SecretText() {}

  /**
   * The login in a secret: {@code username} and {@code password} of a JSON object; of any other
   * text the whole, as a password without a user.
   *
   * @throws ScrapeException if it is an object without a password, or none that can be read; the
   *     message tells nothing of the text
   */
  static Login login(String text) throws ScrapeException {
    if (!text.stripLeading().startsWith("{")) {
      return new Login("", text);
    }
    String user = "";
    String password = null;
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.VALUE_STRING && name.equals("username")) {
          user = json.getText();
        } else if (value == JsonToken.VALUE_STRING && name.equals("password")) {
          password = json.getText();
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      // Without its cause: a parser's message may quote the text.
      throw new ScrapeException(FailureReason.INVALID, "the secret is no JSON object");
    }
    if (password == null) {
      throw new ScrapeException(FailureReason.INVALID, "the secret has no \"password\"");
    }
    return new Login(user, password);
  }
}
