package dev.yagura.cloudfront.count;

import dev.yagura.accesslog.source.LogObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose log a file is. */
public final class DistributionName {
  /** Of files that do not tell, and of which the configuration is silent. */
  public static final String UNKNOWN = "unknown";

  private static final String ID = "E[A-Z0-9]{7,20}";
  private static final Pattern FILE_NAME =
      Pattern.compile("(?<![A-Za-z0-9])(" + ID + ")\\.\\d{4}-\\d{2}-\\d{2}-\\d{2}\\.");

  private DistributionName() {}

  /** Whether a name has the form of a distribution's id. */
  public static boolean isId(String name) {
    return name.matches(ID);
  }

  /** What the file's name says, else its path or the configuration; empty if nothing does. */
  public static Optional<String> of(LogObject object) {
    Matcher found = FILE_NAME.matcher(object.id().fileName());
    return found.find() ? Optional.of(found.group(1)) : object.resource();
  }
}
