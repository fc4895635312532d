package dev.yagura.accesslog.source;

import dev.yagura.accesslog.format.LogShape;
import dev.yagura.core.scrape.ScrapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists buckets; apart, so that who lists files alone loads nothing of the SDK. */
final class BucketListing implements AutoCloseable {
  private final AwsClients clients;
  private final S3Objects objects;

  /** Closes the clients with itself. */
  BucketListing(AwsClients clients, LogShape shape) {
    this.clients = clients;
    this.objects = new S3Objects(Optional.empty(), shape, Optional.empty());
  }

  /** All logs below a prefix. */
  List<LogObject> list(S3Location location) throws ScrapeException, InterruptedException {
    List<LogObject> found = new ArrayList<>();
    try {
      for (S3Object one :
          clients
              .s3()
              .listObjectsV2Paginator(
                  request ->
                      request
                          .bucket(location.bucket())
                          .prefix(location.prefix())
                          .encodingType(EncodingType.URL))
              .contents()) {
        if (objects.isLog(one.key())) {
          found.add(
              objects.of(
                  clients::s3,
                  location.bucket(),
                  one.key(),
                  one.eTag(),
                  one.size(),
                  one.lastModified()));
        }
      }
    } catch (SdkException e) {
      throw S3Failures.looking(e, "list s3://" + location.bucket() + "/" + location.prefix());
    }
    return found;
  }

  @Override
  public void close() {
    clients.close();
  }
}
