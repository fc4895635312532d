package dev.yagura.aurorapostgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of 127.0.0.1 that signed itself, made by the JDK's own keytool, as a server and its
 * clients want it.
 *
 * @param certificate a file in PEM, also for those who are to trust it
 * @param key a file in PEM
 */
record ServerCertificate(Path certificate, Path key) {
  private static final String PASSWORD = "password";

  /** Makes one in this folder. */
  static ServerCertificate in(Path folder) throws IOException {
    Path store = folder.resolve("server.p12");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            "server",
            "-dname",
            "CN=127.0.0.1",
            "-keyalg",
            "RSA",
            "-ext",
            "san=ip:127.0.0.1");
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IOException(said);
      }
      KeyStore loaded = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        loaded.load(in, PASSWORD.toCharArray());
      }
      Path certificate = folder.resolve("server.crt");
      Files.writeString(
          certificate, pem("CERTIFICATE", loaded.getCertificate("server").getEncoded()));
      // As the server insists: nobody else reads it.
      Path key =
          Files.createFile(
              folder.resolve("server.key"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          key, pem("PRIVATE KEY", loaded.getKey("server", PASSWORD.toCharArray()).getEncoded()));
      return new ServerCertificate(certificate, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
