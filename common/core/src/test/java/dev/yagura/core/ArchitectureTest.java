package dev.yagura.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.yagura.core.cli.Server;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.yagura.core");

  @Test
  void coreKnowsNoDatabaseNoCloudAndNoOtherModule() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "software.amazon..")
                .or(
                    resideInAnyPackage("dev.yagura..")
                        .and(resideOutsideOfPackage("dev.yagura.core.."))))
        .check(CORE);
  }

  @Test
  void nobodyUsesTheGlobalRegistry() {
    noClasses().should().accessField(PrometheusRegistry.class, "defaultRegistry").check(CORE);
  }

  @Test
  void nobodyButTheServerReadsTheClock() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Server.class)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(CORE);
  }

  @Test
  void packagesDependOnEachOtherWithoutCycles() {
    slices().matching("dev.yagura.core.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void pagesKnowNothingOfHowTheyAreServed() {
    noClasses()
        .that()
        .resideInAPackage("dev.yagura.core.page..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("com.sun..")
                .or(
                    resideInAnyPackage("dev.yagura..")
                        .and(resideOutsideOfPackage("dev.yagura.core.page.."))))
        .check(CORE);
  }

  @Test
  void packagesPointFromTheCommandLineToTheMetrics() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("dev.yagura.core.cli..")
        .layer("web")
        .definedBy("dev.yagura.core.web..")
        .layer("suite")
        .definedBy("dev.yagura.core.suite..")
        .layer("scrape")
        .definedBy("dev.yagura.core.scrape..")
        .layer("page")
        .definedBy("dev.yagura.core.page..")
        .layer("metrics")
        .definedBy("dev.yagura.core.metrics..")
        .layer("config")
        .definedBy("dev.yagura.core.config..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("suite")
        .mayOnlyBeAccessedByLayers("cli", "web")
        .whereLayer("scrape")
        .mayOnlyBeAccessedByLayers("cli", "web", "suite")
        .whereLayer("metrics")
        .mayOnlyBeAccessedByLayers("cli", "web", "suite", "scrape")
        .whereLayer("page")
        .mayOnlyBeAccessedByLayers("web", "scrape")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("cli", "web", "suite")
        .check(CORE);
  }
}
