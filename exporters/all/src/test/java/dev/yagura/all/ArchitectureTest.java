package dev.yagura.all;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.yagura.aurorapostgres.scrapers.PgScraper;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;

/** Dependencies point one way, and nobody asks the wall clock. */
@AnalyzeClasses(
    packages = {
      "dev.yagura.core",
      "dev.yagura.aws",
      "dev.yagura.accesslog",
      "dev.yagura.state",
      "dev.yagura.aurorapostgres",
      "dev.yagura.cloudfront",
      "dev.yagura.cloudwatch",
      "dev.yagura.ecs",
      "dev.yagura.all"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] EXPORTERS = {
    "dev.yagura.aurorapostgres..",
    "dev.yagura.cloudfront..",
    "dev.yagura.cloudwatch..",
    "dev.yagura.ecs.."
  };
  private static final String SUITE = "dev.yagura.all..";

  @ArchTest
  static final ArchRule whatIsCommonKnowsNoExporter =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.yagura.core..",
              "dev.yagura.state..",
              "dev.yagura.aws..",
              "dev.yagura.accesslog..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EXPORTERS)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage(SUITE);

  @ArchTest
  static final ArchRule theCoreKnowsNoDatabaseAndNoCloud =
      noClasses()
          .that()
          .resideInAPackage("dev.yagura.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.yagura.accesslog..",
              "dev.yagura.aws..",
              "dev.yagura.state..",
              "java.sql..",
              "software.amazon..");

  @ArchTest
  static final ArchRule whatIsCommonToAwsKnowsNoLogs =
      noClasses()
          .that()
          .resideInAPackage("dev.yagura.aws..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.yagura.accesslog..");

  @ArchTest
  static final ArchRule anExporterDoesNotKnowTheSuite =
      noClasses()
          .that()
          .resideInAnyPackage(EXPORTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SUITE);

  @ArchTest
  static void noExporterSeesAnother(JavaClasses classes) {
    for (String one : EXPORTERS) {
      String[] others =
          Arrays.stream(EXPORTERS).filter(other -> !other.equals(one)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(one)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule onlySessionsSpeakToPostgres =
      classes()
          .that()
          .resideInAPackage("dev.yagura.aurorapostgres..")
          .and()
          .resideOutsideOfPackage("dev.yagura.aurorapostgres.session..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("java.sql..", "org.postgresql..");

  @ArchTest
  static final ArchRule onlySourcesAndDiscoveriesSpeakToAws =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.yagura.aws..",
              "dev.yagura.accesslog.source..",
              "dev.yagura.aurorapostgres.discovery..",
              "dev.yagura.cloudfront.distributions..",
              "dev.yagura.cloudwatch.tags..",
              "dev.yagura.ecs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");

  /** So that all of them are counted, paced and repeated in one way. */
  @ArchTest
  static final ArchRule clientsOfAwsAreMadeInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.yagura.aws.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon.awssdk.auth..",
              "software.amazon.awssdk.http..",
              "software.amazon.awssdk.retries..");

  @ArchTest
  static final ArchRule whatAScraperIsMadeOfDoesNotChange =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .areAssignableTo(PgScraper.class)
          .should()
          .beFinal();

  /** A process has one clock, given on from where it begins. */
  @ArchTest
  static final ArchRule nobodyAsksTheWallClock =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.yagura.core.cli..", SUITE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC");
}
