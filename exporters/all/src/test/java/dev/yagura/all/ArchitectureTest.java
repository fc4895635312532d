package dev.yagura.all;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.yagura.aurorapostgres.scrapers.PgScraper;
import java.time.Clock;
import java.time.Instant;

/** Dependencies point one way, and nobody asks the wall clock. */
@AnalyzeClasses(
    packages = {"dev.yagura.core", "dev.yagura.aurorapostgres", "dev.yagura.all"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule coreKnowsNoExporter =
      noClasses()
          .that()
          .resideInAPackage("dev.yagura.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.yagura.aurorapostgres..", "dev.yagura.all..", "java.sql..");

  @ArchTest
  static final ArchRule anExporterDoesNotKnowTheSuite =
      noClasses()
          .that()
          .resideInAPackage("dev.yagura.aurorapostgres..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.yagura.all..");

  @ArchTest
  static final ArchRule onlySessionsSpeakJdbc =
      classes()
          .that()
          .resideOutsideOfPackage("dev.yagura.aurorapostgres.session..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("java.sql..", "org.postgresql..");

  @ArchTest
  static final ArchRule whatAScraperIsMadeOfDoesNotChange =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .areAssignableTo(PgScraper.class)
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule nobodyAsksTheWallClock =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Configuration")
          .and()
          .resideOutsideOfPackage("dev.yagura.core.cli..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC");
}
