package dev.yagura.aurorapostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.aurorapostgres.discovery.Discovery;
import dev.yagura.aurorapostgres.discovery.Polls;
import dev.yagura.aurorapostgres.scrapers.Catalogue;
import dev.yagura.aurorapostgres.scrapers.Compatibility;
import dev.yagura.core.metrics.Family;
import dev.yagura.testing.NameRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names that break a rule are drop-in names, and are excused one by one with a reason. */
class NamesTest {
  /** Lines of {@code NAME: REASON}. */
  static final Path EXCUSED = Path.of("src/test/resources/excused-names.txt");

  static List<Family<?>> families() {
    List<Family<?>> all = new ArrayList<>(ExporterFamilies.ofTarget());
    all.addAll(ExporterFamilies.ofExporter());
    Catalogue.Choice.all().make("", Compatibility.NONE, () -> 0).stream()
        .flatMap(chosen -> chosen.scraper().families().stream())
        .forEach(all::add);
    Polls.families().values().forEach(all::addAll);
    all.addAll(Discovery.families());
    return all;
  }

  static Set<String> excused() throws IOException {
    return Files.readAllLines(EXCUSED).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf(':')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a complaint of promtool is about a name that is excused. */
  static boolean isExcused(String complaint, Set<String> excused) {
    return excused.stream()
        .anyMatch(name -> complaint.startsWith(name.endsWith("_") ? name : name + " "));
  }

  @Test
  void aNameThatBreaksARuleIsExcusedAndNoOtherIs() throws IOException {
    Set<String> breaking = NameRules.broken(families());
    breaking.add("pg_settings_");
    assertThat(excused()).isEqualTo(breaking);
  }

  @Test
  void everyExcuseHasAReason() throws IOException {
    assertThat(Files.readAllLines(EXCUSED))
        .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
        .allMatch(line -> line.matches("[a-z0-9_]+: \\S.{10,}"));
  }

  @Test
  void aNameIsOneFamily() {
    assertThat(families().stream().map(Family::name)).doesNotHaveDuplicates();
  }
}
