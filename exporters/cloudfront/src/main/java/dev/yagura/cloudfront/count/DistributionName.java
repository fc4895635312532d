package dev.yagura.cloudfront.count;

import dev.yagura.accesslog.source.LogObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose log a file is. */
public final class DistributionName {
  /** Of files that do not tell, and of which the configuration is silent. */
  public static final String UNKNOWN = "unknown";

  private static final Pattern FILE_NAME =
      Pattern.compile("(?<![A-Za-z0-9])(E[A-Z0-9]{7,20})\\.\\d{4}-\\d{2}-\\d{2}-\\d{2}\\.");

  private DistributionName() {}

  /** What the file's name says, else its path or the configuration; empty if nothing does. */
  public static Optional<String> of(LogObject object) {
    Matcher found = FILE_NAME.matcher(object.id().fileName());
    return found.find() ? Optional.of(found.group(1)) : object.resource();
  }
}
