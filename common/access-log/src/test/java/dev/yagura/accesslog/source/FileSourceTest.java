package dev.yagura.accesslog.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.core.scrape.FailureReason;
import dev.yagura.core.scrape.ScrapeException;
import dev.yagura.testing.FakeClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
  private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
  private static final Duration SETTLE = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final FakeClock clock = FakeClock.at(NOW);
  private final CollectingInbox inbox = new CollectingInbox();

  @BeforeEach
  void normalised() throws Exception {
    folder = folder.toRealPath();
  }

  @Test
  void aFileThatRestsIsOfferedWithAllThatIsKnownOfIt() throws Exception {
    Path file = old("E1/a.gz", "four");

    source("/{distribution}/*.gz", "E9").poll(inbox);

    LogObject found = inbox.objects().get(0);
    assertThat(inbox.objects()).hasSize(1);
    assertThat(found.id())
        .isEqualTo(new ObjectId(file.toString(), "4-" + NOW.minusSeconds(3600).toEpochMilli()));
    assertThat(found.size()).isEqualTo(4);
    assertThat(found.modified()).isEqualTo(NOW.minusSeconds(3600));
    assertThat(found.resource()).contains("E1");
    assertThat(read(found)).isEqualTo("four");
  }

  @Test
  void whereThePatternSaysNoResourceTheConfigurationDoes() throws Exception {
    old("a.gz", "x");
    source("/*.gz", "E9").poll(inbox);
    assertThat(inbox.objects().get(0).resource()).contains("E9");
  }

  @Test
  void aFileThatIsStillWrittenIsLeftAlone() throws Exception {
    Path file = write("a.log", "one", clock.instant());
    FileSource source = source("/*");

    assertThat(inbox.look(source)).isEmpty();
    for (int i = 0; i < 5; i++) {
      clock.advance(SETTLE);
      Files.writeString(file, "more", StandardOpenOption.APPEND);
      touch(file, clock.instant());
      assertThat(inbox.look(source)).isEmpty();
    }
    clock.advance(SETTLE);
    assertThat(inbox.look(source)).containsExactly("a.log");
  }

  @Test
  void aFileFromTheFutureIsOfferedWhenItWasSeenToRest() throws Exception {
    Path file = write("a.log", "one", NOW.plusSeconds(3600));
    FileSource source = source("/*");

    assertThat(inbox.look(source)).isEmpty();
    clock.advance(SETTLE.dividedBy(2));
    assertThat(inbox.look(source)).isEmpty();
    Files.writeString(file, "grown");
    touch(file, NOW.plusSeconds(3600));
    clock.advance(SETTLE.dividedBy(2));
    assertThat(inbox.look(source)).isEmpty();
    clock.advance(SETTLE);
    assertThat(inbox.look(source)).containsExactly("a.log");
  }

  @Test
  void whatIsKnownIsNotOfferedAndWhatIsNotIsOfferedAgain() throws Exception {
    old("a.gz", "x");
    FileSource source = source("/*");

    assertThat(inbox.look(source)).containsExactly("a.gz");
    assertThat(inbox.look(source)).containsExactly("a.gz");
    inbox.known.add(inbox.objects().get(0).id());
    assertThat(inbox.look(source)).isEmpty();
    old("a.gz", "changed");
    assertThat(inbox.look(source)).containsExactly("a.gz");
  }

  @ParameterizedTest
  @ValueSource(strings = {".a.gz", "a.gz.tmp", "a.gz.part", "a.gz.filepart", "a.gz~", ".b/a.gz"})
  void whatProgramsNameWhatIsOnItsWayIsLeftOut(String name) throws Exception {
    old(name, "x");
    assertThat(inbox.look(source("/**"))).isEmpty();
  }

  @Test
  void linksAreFollowedWithoutGoingRoundInCircles() throws Exception {
    old("real/a.gz", "x");
    Path elsewhere = Files.createDirectories(folder.resolve("outside"));
    write("outside/b.gz", "y", NOW.minusSeconds(60));
    Path base = Files.createDirectories(folder.resolve("base"));
    Files.createSymbolicLink(base.resolve("round"), base);
    Files.createSymbolicLink(base.resolve("one"), elsewhere);
    Files.createSymbolicLink(base.resolve("two"), elsewhere);
    Files.createSymbolicLink(base.resolve("up"), folder.resolve("base"));
    Files.createSymbolicLink(base.resolve("nowhere"), folder.resolve("missing"));

    assertThat(inbox.locations(source("/base/**")))
        .containsExactly(base.resolve("one/b.gz").toString());
  }

  @Test
  void aFolderIsFoundByItsOwnNameBeforeAnyLinkToIt() throws Exception {
    Path file = old("z/a.gz", "x");
    Files.createSymbolicLink(folder.resolve("b"), folder.resolve("z"));
    assertThat(inbox.locations(source("/**/*.gz"))).containsExactly(file.toString());
  }

  @Test
  void aLinkToAFileIsTheFile() throws Exception {
    Path file = old("a.gz", "x");
    Files.createSymbolicLink(folder.resolve("latest.gz"), file);
    assertThat(inbox.locations(source("/*.gz"))).containsExactly(file.toString(), file.toString());
  }

  @Test
  void aFolderThatIsMissingIsUnreachableAndMayComeLater() throws Exception {
    FileSource source = source("/later/*.gz");

    assertThatThrownBy(() -> source.poll(inbox))
        .isInstanceOfSatisfying(
            ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.UNREACHABLE))
        .hasMessageContaining(folder.resolve("later").toString());
    old("later/a.gz", "x");
    assertThat(inbox.look(source)).containsExactly("a.gz");
  }

  @Test
  void aFolderThatMayNotBeReadIsNamedAndTheOthersAreRead() throws Exception {
    old("closed/a.gz", "x");
    old("open/b.gz", "x");
    Path closed = folder.resolve("closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      // An administrator may read all, and then there is nothing that fails.
      boolean administrator = Files.isReadable(closed);
      if (administrator) {
        source("/**").poll(inbox);
      } else {
        assertThatThrownBy(() -> source("/**").poll(inbox))
            .isInstanceOfSatisfying(
                ScrapeException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.DENIED))
            .hasMessageContaining(closed.toString());
      }
      assertThat(inbox.objects()).hasSize(administrator ? 2 : 1);
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void whatTheSystemDeniesIsDeniedAndAllElseIsUnreachable() {
    Path closed = folder.resolve("closed");
    ScrapeException denied =
        FileTree.unreadable(closed, new AccessDeniedException(closed.toString()));
    assertThat(denied.reason()).isEqualTo(FailureReason.DENIED);
    assertThat(denied).hasMessageContaining(closed.toString());
    assertThat(FileTree.unreadable(closed, new IOException("stale handle")).reason())
        .isEqualTo(FailureReason.UNREACHABLE);
  }

  @Test
  void aFileThatChangedSinceItWasFoundIsNotRead() throws Exception {
    Path file = old("a.log", "one");
    source("/*").poll(inbox);
    LogObject found = inbox.objects().get(0);
    Files.writeString(file, "another");

    assertThatIOException().isThrownBy(() -> found.content().open()).withMessageContaining("a.log");
  }

  @Test
  void aFileThatGrowsWhileItIsReadFailsAtItsEnd() throws Exception {
    Path file = old("a.log", "one");
    source("/*").poll(inbox);
    try (InputStream bytes = inbox.objects().get(0).content().open()) {
      assertThat(bytes.read()).isEqualTo('o');
      Files.writeString(file, "two", StandardOpenOption.APPEND);
      assertThatIOException().isThrownBy(bytes::readAllBytes);
    }
  }

  @Test
  void aRelativePatternFindsAbsolutePaths() throws Exception {
    Path file = old("a.gz", "x");
    Path relative = Path.of("").toAbsolutePath().relativize(folder);
    assertThat(inbox.locations(sourceOf(relative + "/./*.gz", Optional.empty())))
        .containsExactly(file.toString());
  }

  private FileSource source(String below) {
    return sourceOf(folder + below, Optional.empty());
  }

  private FileSource source(String below, String resource) {
    return sourceOf(folder + below, Optional.of(resource));
  }

  private FileSource sourceOf(String pattern, Optional<String> resource) {
    return new FileSource(
        Glob.of(pattern, "distribution"),
        LogShape.OF_FILE,
        resource,
        SETTLE,
        Duration.ofSeconds(10),
        clock);
  }

  private Path old(String name, String text) throws Exception {
    return write(name, text, NOW.minusSeconds(3600));
  }

  private Path write(String name, String text, Instant modified) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    touch(file, modified);
    return file;
  }

  private static void touch(Path file, Instant modified) throws Exception {
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  private static String read(LogObject object) throws Exception {
    try (InputStream bytes = object.content().open()) {
      return new String(bytes.readAllBytes(), UTF_8);
    }
  }
}
