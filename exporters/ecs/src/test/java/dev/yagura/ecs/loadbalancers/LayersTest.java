package dev.yagura.ecs.loadbalancers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.yagura.ecs.loadbalancers", "dev.yagura.ecs.environments");

  @Test
  void onlyTheCallsAndTheirAnswersKnowTheSdk() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(ElbApi.class, ElbRecords.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void loadBalancersKnowNothingOfEnvironments() {
    noClasses()
        .that()
        .resideInAPackage("dev.yagura.ecs.loadbalancers")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.yagura.ecs.environments")
        .check(CLASSES);
  }
}
