package dev.yagura.testing.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The certificates of an account in a region. */
public final class AcmDouble implements ServiceDouble {
  private static final int LARGEST_PAGE = 1_000;

  private final Scope scope;
  private final Map<String, Fields> certificates = new LinkedHashMap<>();

  AcmDouble(Scope scope) {
    this.scope = scope;
  }

  /** Adds a certificate that is valid from now on; gives its ARN. */
  public synchronized String addCertificate(String domain, Instant notAfter) {
    String arn = scope.arn("acm", "certificate/" + (certificates.size() + 1));
    certificates.put(
        arn,
        new Fields()
            .set("CertificateArn", arn)
            .set("DomainName", domain)
            .list("SubjectAlternativeNames", "member", List.of(domain))
            .set("Status", "ISSUED")
            .set("Type", "AMAZON_ISSUED")
            .set("RenewalEligibility", "ELIGIBLE")
            .set("NotBefore", scope.clock().instant())
            .set("NotAfter", notAfter));
    return arn;
  }

  /** What ACM says of a certificate, to be changed. */
  public synchronized Fields certificate(String arn) {
    Fields certificate = certificates.get(arn);
    if (certificate == null) {
      throw AwsError.badRequest("ResourceNotFoundException", "Could not find certificate " + arn);
    }
    return certificate;
  }

  @Override
  public synchronized Answer answer(Call call) {
    Input input = call.input();
    return switch (call.operation()) {
      case "DescribeCertificate" ->
          call.json(Map.of("Certificate", certificate(input.required("CertificateArn")).json()));
      case "ListCertificates" -> {
        Page<Fields> page =
            Page.of(
                new ArrayList<>(certificates.values()),
                input.text("NextToken"),
                input.number("MaxItems", LARGEST_PAGE));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("CertificateSummaryList", page.items().stream().map(Fields::json).toList());
        if (page.next() != null) {
          body.put("NextToken", page.next());
        }
        yield call.json(body);
      }
      default -> throw ServiceDouble.unknown(call);
    };
  }
}
