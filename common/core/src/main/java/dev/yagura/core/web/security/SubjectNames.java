package dev.yagura.core.web.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The subject alternative names of a certificate that an operator can allow. */
final class SubjectNames {
  private static final int EMAIL = 1;
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int IP = 7;
  private static final Set<Integer> TEXTS = Set.of(EMAIL, DNS, URI);
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private SubjectNames() {}

  static Set<String> of(X509Certificate certificate) throws CertificateParsingException {
    Set<String> names = new HashSet<>();
    Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
    if (entries == null) {
      return names;
    }
    for (List<?> entry : entries) {
      Integer type = (Integer) entry.get(0);
      if (TEXTS.contains(type)) {
        names.add((String) entry.get(1));
      } else if (type == IP) {
        names.add(canonical((String) entry.get(1)));
      }
    }
    return names;
  }

  /** One spelling for each IP address; any other name stays as it is. */
  static String canonical(String name) {
    boolean v6 = IPV6.matcher(name).matches();
    if (!v6 && !IPV4.matcher(name).matches()) {
      return name;
    }
    try {
      // In brackets it can only be a literal, so that no name is ever looked up.
      return InetAddress.getByName(v6 ? "[" + name + "]" : name).getHostAddress();
    } catch (UnknownHostException e) {
      return name;
    }
  }
}
