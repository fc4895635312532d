package dev.yagura.core.web.security;

import dev.yagura.core.web.security.YamlSection.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads certificates and keys, given in the file itself or by a path relative to it. */
final class PemSettings {
  private record Source(String name, int line, String pem) {}

  private interface Parser<T> {
    T parse(String pem) throws GeneralSecurityException;
  }

  private final YamlSection section;
  private final Path directory;
  private final FileStamps files;
  private final Problems problems;

  PemSettings(YamlSection section, Path directory, FileStamps files, Problems problems) {
    this.section = section;
    this.directory = directory;
    this.files = files;
    this.problems = problems;
  }

  Optional<ServerIdentity> identity() {
    Optional<Source> certSource = required("cert");
    Optional<Source> keySource = required("key");
    Optional<List<X509Certificate>> chain = certSource.flatMap(s -> parse(s, Pem::certificates));
    Optional<PrivateKey> key = keySource.flatMap(s -> parse(s, PrivateKeys::fromPem));
    if (chain.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return keySource.flatMap(s -> parse(s, pem -> ServerIdentity.of(chain.get(), key.get())));
  }

  List<X509Certificate> clientAuthorities() {
    return source("client_ca").flatMap(s -> parse(s, Pem::certificates)).orElse(List.of());
  }

  private Optional<Source> required(String name) {
    String inFile = name + "_file";
    if (!section.has(name) && !section.has(inFile)) {
      problems.add(section.line(), "tls_server_config needs " + name + " or " + inFile);
    }
    return source(name);
  }

  private Optional<Source> source(String name) {
    String inFile = name + "_file";
    Optional<Text> text = section.text(name);
    Optional<Text> path = section.text(inFile);
    if (text.isPresent() && path.isPresent()) {
      problems.add(path.get().line(), "give " + name + " or " + inFile + ", not both");
    }
    if (path.isPresent()) {
      return read(inFile, path.get());
    }
    return text.map(t -> new Source(name, t.line(), t.value()));
  }

  private Optional<Source> read(String name, Text path) {
    Path file = directory.resolve(path.value());
    try {
      String pem = new String(files.read(file), StandardCharsets.ISO_8859_1);
      return Optional.of(new Source(name + " " + file, path.line(), pem));
    } catch (IOException e) {
      problems.add(path.line(), name + " " + file + ": " + Problems.reason(e));
      return Optional.empty();
    }
  }

  private <T> Optional<T> parse(Source source, Parser<T> parser) {
    try {
      return Optional.of(parser.parse(source.pem()));
    } catch (GeneralSecurityException e) {
      problems.add(source.line(), source.name() + " " + e.getMessage());
      return Optional.empty();
    }
  }
}
