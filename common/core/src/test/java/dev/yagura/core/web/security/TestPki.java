package dev.yagura.core.web.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;

/** Certificates made by the JDK's own keytool, and their PEM. */
final class TestPki {
  private static final String PASSWORD = "password";

  private final Path store;

  TestPki(Path directory) {
    this.store = directory.resolve("pki.p12");
  }

  TestPki selfSigned(String alias, String... extensions) {
    return make(alias, List.of(), extensions);
  }

  TestPki authority(String alias) {
    return make(alias, List.of(), "bc:c");
  }

  TestPki signed(String alias, String authority, String... extensions) {
    return make(alias, List.of("-signer", authority), extensions);
  }

  private TestPki make(String alias, List<String> signer, String... extensions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-alias", alias, "-dname", "CN=" + alias));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650"));
    command.addAll(signer);
    Arrays.stream(extensions).forEach(e -> command.addAll(List.of("-ext", e)));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  String certificate(String alias) {
    try {
      StringBuilder pem = new StringBuilder();
      for (Certificate certificate : load().getCertificateChain(alias)) {
        pem.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      return pem.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String key(String alias) {
    try {
      Key key = load().getKey(alias, PASSWORD.toCharArray());
      return pem("PRIVATE KEY", key.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  KeyManager clientKeys(String alias) {
    try {
      return new AnyKeyManager(
          PrivateKeys.fromPem(key(alias)),
          Pem.certificates(certificate(alias)).toArray(new X509Certificate[0]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore load() {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore loaded = KeyStore.getInstance("PKCS12");
      loaded.load(in, PASSWORD.toCharArray());
      return loaded;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
