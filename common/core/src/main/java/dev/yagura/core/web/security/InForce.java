package dev.yagura.core.web.security;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A configuration that is served with, and the files it was read from. */
record InForce(
    WebConfig config, FileStamps files, @Nullable TlsServer tls, @Nullable TokenBucket limiter) {

  static InForce load(Path file, LongSupplier nanoClock) {
    FileStamps files = new FileStamps();
    WebConfig config = WebConfigReader.read(file, files);
    TlsConfig tls = config.tls();
    RateLimit limit = config.rateLimit();
    return new InForce(
        config,
        files,
        tls == null ? null : server(file, tls),
        limit == null ? null : new TokenBucket(limit, nanoClock));
  }

  /** What the files say now; what has not changed keeps its TLS sessions and its tokens. */
  InForce reload(Path file, LongSupplier nanoClock) {
    InForce next = load(file, nanoClock);
    refuseUnsafe(file, next);
    boolean sameTls = tls != null && next.tls != null && tls.config().equals(next.tls.config());
    boolean sameLimit =
        limiter != null && next.limiter != null && limiter.limit().equals(next.limiter.limit());
    return new InForce(
        next.config, next.files, sameTls ? tls : next.tls, sameLimit ? limiter : next.limiter);
  }

  /** A file that is half written must not open what was closed. */
  private void refuseUnsafe(Path file, InForce next) {
    Problems problems = new Problems(file);
    if ((next.tls == null) != (tls == null)) {
      problems.add("tls_server_config came or went, which takes a restart");
    }
    if (next.config.users().isEmpty() && !config.users().isEmpty()) {
      problems.add("basic_auth_users went, which takes a restart");
    }
    if (clientAuth().requires() && !next.clientAuth().requires()) {
      problems.add("client certificates are required no more, which takes a restart");
    }
    problems.refuseIfAny();
  }

  private ClientAuth clientAuth() {
    return tls == null ? ClientAuth.NONE : tls.config().clientAuth();
  }

  private static TlsServer server(Path file, TlsConfig tls) {
    try {
      return TlsServer.of(tls);
    } catch (GeneralSecurityException e) {
      throw new WebConfigException(List.of(file + ": this JVM cannot serve it: " + e.getMessage()));
    }
  }
}
