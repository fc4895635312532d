package dev.yagura.core.web.security;

import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/** Private keys as openssl writes them: PKCS#8, PKCS#1 for RSA, SEC1 for elliptic curves. */
final class PrivateKeys {
  private static final byte[] VERSION_0 = Der.write(Der.INTEGER, new byte[] {0});
  private static final byte[] RSA_ENCRYPTION =
      HexFormat.of().parseHex("06092a864886f70d0101010500");
  private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  /** The first private key of the text, as the toolkit takes it. */
  static PrivateKey fromPem(String pem) throws GeneralSecurityException {
    for (Pem.Block block : Pem.blocks(pem)) {
      if (block.type().endsWith("PRIVATE KEY")) {
        if (block.isEncrypted()) {
          throw new KeyException("is encrypted: give it without a passphrase");
        }
        return pkcs8(toPkcs8(block));
      }
    }
    throw new KeyException("has no PEM private key");
  }

  private static byte[] toPkcs8(Pem.Block block) throws KeyException {
    byte[] der = block.der();
    return switch (block.type()) {
      case "PRIVATE KEY" -> der;
      case "RSA PRIVATE KEY" -> wrap(Der.write(Der.SEQUENCE, RSA_ENCRYPTION), der);
      case "EC PRIVATE KEY" -> wrap(Der.write(Der.SEQUENCE, EC_PUBLIC_KEY, curveOf(der)), der);
      default -> throw new KeyException("is a " + block.type() + ", which is not supported");
    };
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.write(Der.SEQUENCE, VERSION_0, algorithm, Der.write(Der.OCTET_STRING, key));
  }

  private static byte[] curveOf(byte[] sec1) throws KeyException {
    Der key = Der.reader(Der.reader(sec1).next().content());
    while (key.hasNext()) {
      Der.Value value = key.next();
      if (value.tag() == Der.CONTEXT_0) {
        return value.content();
      }
    }
    throw new KeyException("is an EC key that does not name its curve");
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    KeyException none = new KeyException("is not an RSA, EC or Ed25519 key that this JVM can read");
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        none.addSuppressed(e);
      }
    }
    throw none;
  }
}
