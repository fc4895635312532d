package dev.yagura.accesslog.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever a file holds, reading it ends well or in an IOException. */
class LogReaderFuzzTest {
  private static final List<Wanted> WANTED =
      List.of(
          Wanted.column("cs-uri-stem"),
          Wanted.column("sc-bytes"),
          Wanted.column("sc-status"),
          Wanted.column("x-edge-result-type"),
          Wanted.column("date", "timestamp", "timestamp(ms)"));
  private static final String HEADER = "#Fields: cs-uri-stem sc-bytes x-edge-location\n";
  private static final int ENOUGH = LogReader.LONGEST_LINE + 1;

  @Property(tries = 1000)
  void bytesOfAnyKindAreReadOrRefused(@ForAll @Size(max = 2000) byte[] bytes) {
    readOrRefuse(bytes, LogShape.OF_FILE);
    readOrRefuse(bytes, new LogShape(List.of("sc-bytes", "cs-uri-stem"), Optional.of(',')));
    readOrRefuse(Mutations.gzip(bytes), LogShape.OF_FILE);
  }

  @Property(tries = 700)
  void mutatedFilesAreReadOrRefused(@ForAll long seed) {
    var random = new Random(seed);
    LogSample sample = LogSample.any(random, random.nextInt(50) == 0);
    byte[] mutated = Mutations.mutate(sample.stored(), random);
    readOrRefuse(mutated, sample.shape());
    readOrRefuse(Mutations.gzip(mutated), LogShape.OF_FILE);
  }

  @Property(tries = 300)
  void aCutGzipStreamIsRefusedAsTruncated(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    byte[] whole = Mutations.gzip((HEADER + "/a\t1\tNRT\n").repeat(50).getBytes(ISO_8859_1));
    byte[] cut = Arrays.copyOf(whole, 2 + random.nextInt(whole.length - 2));
    Optional<IOException> refused = readOrRefuse(cut, LogShape.OF_FILE);
    assertThat(refused).containsInstanceOf(TruncatedLogException.class);
  }

  @Property(tries = 300)
  void aFlippedBitInTheDataOfAGzipStreamIsNeverCounted(@ForAll long seed) {
    var random = new Random(seed);
    byte[] stored = Mutations.gzip((HEADER + "/a\t1\tNRT\n").repeat(50).getBytes(ISO_8859_1));
    // The ten bytes before the data have fields that mean nothing to a reader.
    int at = 10 + random.nextInt(stored.length - 10);
    stored[at] ^= (byte) (1 << random.nextInt(8));
    assertThat(readOrRefuse(stored, LogShape.OF_FILE))
        .containsInstanceOf(UnreadableLogException.class);
  }

  @Property(tries = 500)
  void linesBetweenRubbishAreAllRead(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    boolean json = random.nextBoolean();
    var text = new StringBuilder(json ? "{\"cs-uri-stem\":\"/first\"}\n" : HEADER);
    List<String> written = new ArrayList<>(json ? List.of("/first") : List.of());
    for (int i = random.nextInt(40); i >= 0; i--) {
      if (random.nextBoolean()) {
        text.append(rubbish(json, random)).append('\n');
      } else {
        written.add("/" + i);
        text.append(
            json ? "{\"sc-bytes\":\"1\",\"cs-uri-stem\":\"/" + i + "\"}" : "/" + i + "\t1\tx");
        text.append('\n');
      }
    }
    var handler = new CheckedHandler(WANTED.size(), true);
    ReadStats stats = read(text.toString().getBytes(ISO_8859_1), LogShape.OF_FILE, handler);
    List<String> paths =
        handler.rows.stream().map(row -> row.get(0)).filter(path -> path.startsWith("/")).toList();
    assertThat(paths).isEqualTo(written);
    long malformed = stats.malformed().values().stream().mapToLong(Long::longValue).sum();
    assertThat(stats.lines()).isEqualTo(handler.lines + malformed);
  }

  private static String rubbish(boolean json, Random random) {
    byte[] noise = new byte[1 + random.nextInt(80)];
    random.nextBytes(noise);
    String text =
        random.nextInt(20) == 0
            ? "y".repeat(LogReader.LONGEST_LINE + random.nextInt(LogReader.LONGEST_LINE))
            : new String(noise, ISO_8859_1).replace("\n", "");
    return json ? "{" + text.replace("/", "") : "!" + text.replace("\t", "").replace("/", "");
  }

  @Property(tries = 300)
  void itDoesNotMatterInWhichPiecesAFileArrives(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    LogSample sample = LogSample.any(random, random.nextInt(20) == 0);
    assertThat(rows(sample, new ByteArrayInputStream(sample.stored())))
        .isEqualTo(rows(sample, new MeteredStream(sample.stored(), random, 1)))
        .isEqualTo(rows(sample, new MeteredStream(sample.stored(), random, 3000)));
  }

  private static List<Object> rows(LogSample sample, InputStream in) {
    var handler = new CheckedHandler(WANTED.size(), true);
    try {
      return List.of(handler.rows, new LogReader(WANTED).read(in, sample.shape(), handler));
    } catch (IOException e) {
      return List.of(handler.rows, String.valueOf(e.getMessage()));
    }
  }

  @Example
  void aBombOfOneLineWithoutEndIsReadInABufferThatDoesNotGrow() throws IOException {
    byte[] bomb = Mutations.gzip(new byte[64 << 20]);
    var handler = new CheckedHandler(WANTED.size(), false);
    byte[] stored = Mutations.join(Mutations.gzip(HEADER.getBytes(ISO_8859_1)), bomb);
    ReadStats stats = read(stored, LogShape.OF_FILE, handler);
    assertThat(stats.malformed()).isEqualTo(Map.of(Malformed.TOO_LONG, 1L));
    assertThat(stats.bytes()).isEqualTo(HEADER.length() + (64 << 20));
    assertThat(handler.lines).isZero();
  }

  @Example
  void aBombOfOneRepeatedLineIsReadInABufferThatDoesNotGrow() throws IOException {
    String line = "/a\t1\tNRT\n";
    byte[] lines = line.repeat(100_000).getBytes(ISO_8859_1);
    byte[] part = Mutations.gzip(lines);
    byte[][] parts = new byte[30][];
    Arrays.fill(parts, part);
    parts[0] = Mutations.gzip(HEADER.getBytes(ISO_8859_1));
    var handler = new CheckedHandler(WANTED.size(), false);
    ReadStats stats = read(Mutations.join(parts), LogShape.OF_FILE, handler);
    assertThat(stats.lines()).isEqualTo(2_900_000).isEqualTo(handler.lines);
    assertThat(handler.largestBuffer).isEqualTo(ENOUGH);
  }

  @Example
  void deepJsonNeedsNoStack() throws IOException {
    String deep = "{\"a\":" + "[{\"b\":".repeat(16_000) + "1}\n";
    String sound =
        "{\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + ",\"cs-uri-stem\":\"/a\"}\n";
    var handler = new CheckedHandler(WANTED.size(), true);
    ReadStats stats = read((deep + sound).getBytes(ISO_8859_1), LogShape.OF_FILE, handler);
    assertThat(stats.malformed()).isEqualTo(Map.of(Malformed.BAD_JSON, 1L));
    assertThat(handler.rows).hasSize(1);
    assertThat(handler.rows.get(0).get(0)).isEqualTo("/a");
  }

  @Example
  void escapesThatAreNoneAreMalformed() throws IOException {
    String line = "{\"cs-uri-stem\":\"/%s\"}\n";
    String text =
        String.format(line, "\\u00g1")
            + String.format(line, "\\x41")
            + String.format(line, "\\u12")
            + String.format(line, "\\u0041");
    var handler = new CheckedHandler(WANTED.size(), true);
    ReadStats stats = read(text.getBytes(ISO_8859_1), LogShape.OF_FILE, handler);
    assertThat(stats.malformed()).isEqualTo(Map.of(Malformed.BAD_JSON, 3L));
    assertThat(handler.rows.get(0).get(0)).isEqualTo("/A");
  }

  @Property(tries = 100)
  void everyByteIsAskedForOnce(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    byte[] text = new byte[random.nextInt(1 << 20)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (random.nextInt(20_000) == 0 ? '\n' : 'a' + random.nextInt(26));
    }
    byte[] stored = Mutations.join(HEADER.getBytes(ISO_8859_1), text);
    var in = new MeteredStream(stored, random, Integer.MAX_VALUE);
    var stats =
        new LogReader(WANTED).read(in, LogShape.OF_FILE, new CheckedHandler(WANTED.size(), false));
    assertThat(in.atEnd()).isTrue();
    assertThat(in.readsBehindTheEnd).isLessThanOrEqualTo(3);
    assertThat(stats.bytes()).isEqualTo(stored.length);
  }

  @Example
  void zerosBehindAGzipStreamAreNothing() throws IOException {
    byte[] stored =
        Mutations.join(Mutations.gzip((HEADER + "/a\t1\tx\n").getBytes(ISO_8859_1)), new byte[600]);
    assertThat(read(stored, LogShape.OF_FILE, new CheckedHandler(WANTED.size(), true)).lines())
        .isEqualTo(1);
  }

  @Example
  void optionalPartsOfAGzipHeaderAreSkipped() throws IOException {
    byte[] plain = Mutations.gzip((HEADER + "/a\t1\tx\n").getBytes(ISO_8859_1));
    byte[] data = Arrays.copyOfRange(plain, 10, plain.length);
    byte[] head = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3};
    byte[] rest = "\3\0abcname\0comment\0".getBytes(ISO_8859_1);
    var crc = new CRC32();
    crc.update(head);
    crc.update(rest);
    byte[] check = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    byte[] stored = Mutations.join(head, rest, check, data);
    assertThat(read(stored, LogShape.OF_FILE, new CheckedHandler(WANTED.size(), true)).lines())
        .isEqualTo(1);
  }

  private static Optional<IOException> readOrRefuse(byte[] stored, LogShape shape) {
    var handler = new CheckedHandler(WANTED.size(), false);
    try {
      ReadStats stats = read(stored, shape, handler);
      long malformed = stats.malformed().values().stream().mapToLong(Long::longValue).sum();
      assertThat(stats.lines()).isEqualTo(handler.lines + malformed);
      assertThat(handler.largestBuffer).isLessThanOrEqualTo(ENOUGH);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static ReadStats read(byte[] stored, LogShape shape, CheckedHandler handler)
      throws IOException {
    return new LogReader(WANTED).read(new ByteArrayInputStream(stored), shape, handler);
  }
}
