package dev.yagura.ecs.taskmetadata;

import dev.yagura.core.scrape.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** What comes over a socket, until a deadline and no later, however slowly it comes. */
final class TimedInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private final Deadline deadline;

  TimedInput(Socket socket, Deadline deadline) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.deadline = deadline;
  }

  /** Time left for one step. */
  static int millisLeft(Deadline deadline) throws SocketTimeoutException {
    if (deadline.hasPassed()) {
      throw new SocketTimeoutException("the time is up");
    }
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, deadline.remaining().toMillis()));
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    socket.setSoTimeout(millisLeft(deadline));
    return in.read(to, offset, length);
  }
}
