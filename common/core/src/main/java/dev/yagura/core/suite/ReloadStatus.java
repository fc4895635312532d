package dev.yagura.core.suite;

import java.time.Instant;

/**
 * How the newest attempt to load the configuration went.
 *
 * @param successful false while a refused file lies where the configuration is read
 * @param lastSuccess when what runs now was loaded
 */
public record ReloadStatus(boolean successful, Instant lastSuccess) {}
