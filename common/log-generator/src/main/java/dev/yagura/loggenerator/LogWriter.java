package dev.yagura.loggenerator;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes log files. */
public final class LogWriter {
  private static final int BUFFER = 1 << 16;

  private LogWriter() {}

  /** Writes one file; the stream is flushed and stays open. */
  public static void write(LogPlan plan, Traffic traffic, OutputStream out) throws IOException {
    var lines = new LineMaker(plan, traffic);
    int members = Math.max(1, plan.members());
    for (int member = 0; member < members; member++) {
      int from = (int) ((long) plan.lines() * member / members);
      int to = (int) ((long) plan.lines() * (member + 1) / members);
      if (plan.members() == 0) {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        write(lines, from, to, buffered);
        buffered.flush();
      } else {
        var gzip = new GZIPOutputStream(out, BUFFER);
        OutputStream buffered = new BufferedOutputStream(gzip, BUFFER);
        write(lines, from, to, buffered);
        buffered.flush();
        gzip.finish();
      }
    }
    out.flush();
  }

  /** The bytes of one file. */
  public static byte[] bytes(LogPlan plan, Traffic traffic) {
    var out = new ByteArrayOutputStream();
    try {
      write(plan, traffic, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return out.toByteArray();
  }

  private static void write(LineMaker lines, int from, int to, OutputStream out)
      throws IOException {
    for (int line = from; line < to; line++) {
      out.write(lines.line(line).getBytes(StandardCharsets.UTF_8));
    }
  }
}
