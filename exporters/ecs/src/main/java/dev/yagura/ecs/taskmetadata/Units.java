package dev.yagura.ecs.taskmetadata;

import org.jspecify.annotations.Nullable;

/** Base units out of those of the endpoint. */
final class Units {
  private static final long MEBIBYTE = 1 << 20;

  private Units() {}

  static @Nullable Number bytes(@Nullable Number mebibytes) {
    if (mebibytes == null) {
      return null;
    }
    return mebibytes instanceof Long
        ? (Number) (mebibytes.longValue() * MEBIBYTE)
        : (Number) (mebibytes.doubleValue() * MEBIBYTE);
  }

  static @Nullable Number seconds(@Nullable Number nanos) {
    return nanos == null ? null : nanos.doubleValue() / 1e9;
  }
}
