package dev.yagura.accesslog.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of one version of an object. */
record S3Content(Supplier<S3Client> client, String bucket, String key, String eTag)
    implements LogObject.Content {
  @Override
  public InputStream open() throws IOException {
    String location = "s3://" + bucket + "/" + key;
    GetObjectRequest request =
        GetObjectRequest.builder().bucket(bucket).key(key).ifMatch("\"" + eTag + "\"").build();
    try {
      return new Whole(client.get().getObject(request), location);
    } catch (SdkException e) {
      throw S3Failures.reading(e, location);
    }
  }

  /**
   * All bytes or a failure: a connection that ends early looks like the end of the body. Closed
   * before its end it drops the connection and does not read the rest.
   */
  private static final class Whole extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> body;
    private final String location;
    private final long length;
    private long count;
    private boolean ended;

    Whole(ResponseInputStream<GetObjectResponse> body, String location) {
      super(body);
      this.body = body;
      this.location = location;
      length = body.response().contentLength() == null ? -1 : body.response().contentLength();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int wanted) throws IOException {
      int got;
      try {
        got = super.read(to, offset, wanted);
      } catch (SdkException e) {
        throw S3Failures.reading(e, location);
      }
      if (got < 0) {
        ended = true;
        if (length >= 0 && count != length) {
          throw new IOException(
              "the connection ended after %d of %d bytes of %s".formatted(count, length, location));
        }
        return -1;
      }
      count += got;
      return got;
    }

    @Override
    public long skip(long n) throws IOException {
      return n <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(n, 8192)]));
    }

    @Override
    public void close() throws IOException {
      if (ended || count == length) {
        super.close();
      } else {
        body.abort();
      }
    }
  }
}
