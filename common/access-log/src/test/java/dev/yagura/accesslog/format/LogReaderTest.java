package dev.yagura.accesslog.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final List<Wanted> WANTED =
      List.of(Wanted.column("path"), Wanted.column("bytes", "sc-bytes"));
  private static final LogShape NAMED =
      new LogShape(List.of("time", "path", "bytes"), Optional.empty());

  private final LogReader reader = new LogReader(WANTED);
  private final List<String> lines = new ArrayList<>();

  @Test
  void columnsAreFoundByTheirNamesWhateverTheirOrder() throws IOException {
    read("#Version: 1.0\n#Fields: bytes x path y\n7\t-\t/a\t-\n8\t-\t/b\t-\n");
    assertThat(lines).containsExactly("/a 7", "/b 8");
  }

  @Test
  void aHeaderInTheMiddleChangesTheColumns() throws IOException {
    read("#Fields: path bytes\n/a\t1\n#Version: 1.0\n#Fields: sc-bytes path\n2\t/b\n");
    assertThat(lines).containsExactly("/a 1", "/b 2");
  }

  @Test
  void theLastColumnMayEndTheLineWithOrWithoutACarriageReturn() throws IOException {
    read("#Fields: path bytes\r\n/a\t1\r\n/b\t2\n/c\t3");
    assertThat(lines).containsExactly("/a 1", "/b 2", "/c 3");
  }

  @Test
  void aLineThatIsCutShortIsMalformedAndTheNextOneIsRead() throws IOException {
    ReadStats stats = read("#Fields: path bytes x\n/a\t12\n/b\n/c\t3\t-\n/d\t12");
    assertThat(lines).containsExactly("/c 3");
    assertThat(stats.lines()).isEqualTo(4);
    assertThat(stats.malformed()).isEqualTo(Map.of(Malformed.TOO_FEW_COLUMNS, 3L));
  }

  @Test
  void moreColumnsThanTheHeaderNamesAreIgnored() throws IOException {
    read("#Fields: path bytes x\n/a\t1\t-\tnew\tnewer\n");
    assertThat(lines).containsExactly("/a 1");
  }

  @Test
  void aLineThatIsTooLongIsSkippedAndCounted() throws IOException {
    String huge = "/" + "x".repeat(3 * LogReader.LONGEST_LINE) + "\t1\n";
    ReadStats stats = read("#Fields: path bytes\n/a\t1\n" + huge + "/b\t2\n" + huge);
    assertThat(lines).containsExactly("/a 1", "/b 2");
    assertThat(stats.malformed()).isEqualTo(Map.of(Malformed.TOO_LONG, 2L));
    assertThat(stats.lines()).isEqualTo(4);
  }

  @Test
  void aLineOfTheGreatestLengthIsRead() throws IOException {
    String path = "/" + "x".repeat(LogReader.LONGEST_LINE - 4);
    read("#Fields: path bytes\n" + path + "\t1\n/b\t2\n");
    assertThat(lines).containsExactly(path + " 1", "/b 2");
  }

  @Test
  void aFileWithoutAHeaderIsReadByTheConfiguredColumns() throws IOException {
    var shape = new LogShape(List.of("time", "path", "bytes"), Optional.of('|'));
    read(bytes("now|/a|1\nnow|/b|2\n"), shape);
    assertThat(lines).containsExactly("/a 1", "/b 2");
  }

  @Test
  void aHeaderWinsOverTheConfiguration() throws IOException {
    read(bytes("#Fields: bytes path\n1\t/a\n"), NAMED);
    assertThat(lines).containsExactly("/a 1");
  }

  @Test
  void aFileWithoutAnyColumnsIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> read("now\t/a\t1\n"))
        .isInstanceOf(UnreadableLogException.class)
        .hasMessageContaining("fields");
  }

  @Test
  void jsonIsReadWhateverTheOrderAndKindOfItsValues() throws IOException {
    read(
        """
        {"path":"/a","bytes":"1"}
        { "bytes" : 2 , "x" : {"path":["no",{}]}, "path" : "\\/b\\u00e9\\ud83d\\ude00\\"" }
        {"path":null,"bytes":"3"}
        """);
    assertThat(lines).containsExactly("/a 1", "/bé😀\" 2", "? 3");
  }

  @Test
  void objectsMayFollowEachOtherInOneLine() throws IOException {
    ReadStats stats = read("{\"path\":\"/a\",\"bytes\":\"1\"}{\"path\":\"/b\",\"bytes\":\"2\"}");
    assertThat(lines).containsExactly("/a 1", "/b 2");
    assertThat(stats.lines()).isEqualTo(2);
  }

  @Test
  void brokenJsonCostsItsLineOnly() throws IOException {
    ReadStats stats =
        read(
            """
            {"path":"/a","bytes":"1"
            {"path":"/b" "bytes":"1"}
            {"path":"/c\\q","bytes":"1"}
            {"path":"/d","bytes":"\\ud83d"}
            {"path":"/e","bytes":"1"}
            """);
    assertThat(lines).containsExactly("/d ?", "/e 1");
    assertThat(stats.malformed()).isEqualTo(Map.of(Malformed.BAD_JSON, 3L));
  }

  @Test
  void parquetIsRefusedWithAMessageThatSaysSo() {
    assertThatThrownBy(() -> read("PAR1\u0015\u0000"))
        .isInstanceOf(UnreadableLogException.class)
        .hasMessageContaining("Parquet");
  }

  @Test
  void anEmptyFileHasNoLines() throws IOException {
    assertThat(read("").lines()).isZero();
    assertThat(read(gzip(""), LogShape.OF_FILE).lines()).isZero();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheHeader() throws IOException {
    read("\ufeff#Fields: path bytes\n/a\t1\n");
    assertThat(lines).containsExactly("/a 1");
  }

  @Test
  void severalMembersAreOneFileAndZerosBehindThemArePadding() throws IOException {
    byte[] file =
        join(gzip("#Fields: path bytes\n/a\t"), gzip("1\n"), gzip("/b\t2\n"), new byte[9]);
    read(file, LogShape.OF_FILE);
    assertThat(lines).containsExactly("/a 1", "/b 2");
  }

  @Test
  void aStreamThatGivesAByteAtATimeIsReadTheSame() throws IOException {
    byte[] file = gzip("#Fields: path bytes\n/a\t1\n/b\t2\n");
    InputStream slow =
        new ByteArrayInputStream(file) {
          @Override
          public synchronized int read(byte[] target, int from, int length) {
            return super.read(target, from, Math.min(1, length));
          }
        };
    reader.read(slow, LogShape.OF_FILE, handler());
    assertThat(lines).containsExactly("/a 1", "/b 2");
  }

  @Test
  void gzipThatEndsInTheMiddleIsTruncatedWhereverItEnds() throws IOException {
    byte[] file = join(gzip("#Fields: path bytes\n/a\t1\n"), gzip("/b\t2\n"));
    int first = gzip("#Fields: path bytes\n/a\t1\n").length;
    for (int length = 2; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (length == first) {
        read(cut, LogShape.OF_FILE);
      } else {
        assertThatThrownBy(() -> read(cut, LogShape.OF_FILE))
            .as("%d bytes", length)
            .isInstanceOf(TruncatedLogException.class);
      }
    }
  }

  @Test
  void aWrongChecksumALengthOrSomethingElseBehindIsRefused() throws IOException {
    byte[] good = gzip("#Fields: path bytes\n/a\t1\n");
    byte[] checksum = good.clone();
    checksum[good.length - 8] ^= 1;
    byte[] length = good.clone();
    length[good.length - 4] ^= 1;
    for (byte[] bad : List.of(checksum, length, join(good, bytes("more")))) {
      assertThatThrownBy(() -> read(bad, LogShape.OF_FILE))
          .isInstanceOf(UnreadableLogException.class)
          .isNotInstanceOf(TruncatedLogException.class);
    }
  }

  private ReadStats read(String file) throws IOException {
    return read(bytes(file), LogShape.OF_FILE);
  }

  private ReadStats read(byte[] file, LogShape shape) throws IOException {
    lines.clear();
    return reader.read(new ByteArrayInputStream(file), shape, handler());
  }

  private LineHandler handler() {
    return new LineHandler() {
      @Override
      public void columns(boolean[] present) {
        assertThat(present).hasSize(WANTED.size());
      }

      @Override
      public @Nullable Malformed line(Line line) {
        lines.add(text(line, 0) + " " + text(line, 1));
        return null;
      }
    };
  }

  private static String text(Line line, int column) {
    int from = line.start(column);
    return line.has(column)
        ? new String(line.buffer(), from, line.end(column) - from, StandardCharsets.UTF_8)
        : "?";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(out)) {
      packed.write(bytes(text));
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
