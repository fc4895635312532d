package dev.yagura.aurorapostgres;

import dev.yagura.aurorapostgres.discovery.Discovery;
import dev.yagura.aurorapostgres.discovery.Polls;
import dev.yagura.aurorapostgres.scrapers.Catalogue;
import dev.yagura.aurorapostgres.scrapers.Catalogue.Chosen;
import dev.yagura.aurorapostgres.scrapers.Catalogue.Scope;
import dev.yagura.aurorapostgres.scrapers.Compatibility;
import dev.yagura.testing.Goldens;
import dev.yagura.testing.MetricTable;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics/aurora-postgres.md} is what the scrapers declare. */
class MetricReferenceTest {
  @Test
  void thePageListsWhatIsDeclared() {
    Set<String> byDefault =
        Catalogue.Choice.defaults().make("", Compatibility.NONE, () -> 0).stream()
            .map(chosen -> chosen.scraper().name())
            .collect(Collectors.toSet());
    var page = new StringBuilder();
    page.append(
        """
        # Metrics of aurora-postgres

        Generated from the scrapers by `make golden`; CI fails if it is stale. A name that ends in an
        underscore stands for all that begin with it. With several targets every series has the label
        `target` as well, and with `compat.server_label` the label `server`.

        ## About the exporter and each target

        """);
    page.append(MetricTable.of(ExporterFamilies.ofTarget()));
    page.append(MetricTable.of(ExporterFamilies.ofExporter()));
    for (Chosen chosen : Catalogue.Choice.all().make("", Compatibility.NONE, () -> 0)) {
      String name = chosen.scraper().name();
      page.append("\n## ").append(name).append("\n\n");
      page.append(byDefault.contains(name) ? "On by default" : "Off by default");
      page.append(chosen.scope() == Scope.DATABASE ? ", for each database" : "");
      page.append(chosen.collector() ? "; a collector of postgres_exporter.\n\n" : ".\n\n");
      page.append(MetricTable.of(chosen.scraper().families()));
    }
    page.append(
        """

        # With discovery

        Asked of AWS in the background, with the labels `account` and `region`. A change shows up at
        the next look: see `yagura_snapshot_age_seconds`.
        """);
    page.append("\n").append(MetricTable.of(Discovery.families()));
    Polls.families()
        .forEach(
            (scraper, families) ->
                page.append("\n## ")
                    .append(scraper)
                    .append("\n\n")
                    .append(MetricTable.of(families)));
    Goldens.in(Path.of("../../docs/metrics"))
        .assertFileMatches("aurora-postgres.md", page.toString());
  }
}
