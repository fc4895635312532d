package dev.yagura.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.yagura.testing.LeakCheck;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Filter;

class AwsRdsTest {
  @RegisterExtension final LeakCheck leaks = LeakCheck.allowing(Bed.KEEP_ALIVE);

  private final Bed bed = new Bed();
  private final RdsDouble model = bed.aws.account().rds(Bed.REGION);
  private final RdsClient rds = bed.client(RdsClient.builder());

  @BeforeEach
  void oneClusterOfTwo() {
    model.addCluster("orders");
    model.addInstance("orders", "orders-1");
    model.addInstance("orders", "orders-2").promotionTier(0);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private DBCluster cluster(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().get(0);
  }

  private String writer() {
    List<DBClusterMember> writers =
        cluster("orders").dbClusterMembers().stream().filter(m -> m.isClusterWriter()).toList();
    assertThat(writers).hasSizeLessThan(2);
    return writers.isEmpty() ? "none" : writers.get(0).dbInstanceIdentifier();
  }

  @Test
  void theMembersOfAClusterHaveOneWriterAndTheirTiers() {
    assertThat(writer()).isEqualTo("orders-1");
    assertThat(cluster("orders").dbClusterMembers())
        .extracting(DBClusterMember::dbInstanceIdentifier, DBClusterMember::promotionTier)
        .containsExactly(tuple("orders-1", 1), tuple("orders-2", 0));
  }

  @Test
  void aFailoverChangesTheWriterAndIsToldAsEvents() {
    bed.clock.advance(Duration.ofMinutes(10));
    model.failOver("orders", "orders-2");
    assertThat(writer()).isEqualTo("orders-2");
    List<Event> events =
        rds.describeEvents(r -> r.sourceType("db-cluster").sourceIdentifier("orders").duration(5))
            .events();
    assertThat(events)
        .extracting(Event::message)
        .containsExactly(
            "Started cross AZ failover to DB instance: orders-2",
            "Completed failover to DB instance: orders-2");
    assertThat(events.get(0).date()).isEqualTo(Bed.NOON.plus(Duration.ofMinutes(10)));
    assertThat(events.get(0).eventCategories()).containsExactly("failover");
    assertThat(events.get(0).sourceTypeAsString()).isEqualTo("db-cluster");
    assertThat(events.get(0).sourceArn()).endsWith(":cluster:orders");
  }

  @Test
  void eventsAreOnlyOfTheTimeAndTheCategoryThatTheCallerWants() {
    model.failOver("orders", "orders-2");
    model.addEvent("orders-1", "availability", "DB instance restarted");
    assertThat(rds.describeEvents(r -> r.sourceType("db-instance")).events()).hasSize(1);
    assertThat(rds.describeEvents(r -> r.eventCategories("failover")).events()).hasSize(2);
    bed.clock.advance(Duration.ofHours(2));
    assertThat(rds.describeEvents().events()).isEmpty();
    assertThat(rds.describeEvents(r -> r.startTime(Bed.NOON)).events()).hasSize(3);
  }

  @Test
  void aRemovedInstanceIsGoneAndARemovedWriterIsMissed() {
    model.removeInstance("orders-1");
    assertThat(writer()).isEqualTo("none");
    assertThat(rds.describeDBInstances().dbInstances())
        .extracting(DBInstance::dbInstanceIdentifier)
        .containsExactly("orders-2");
    assertThatThrownBy(() -> rds.describeDBInstances(r -> r.dbInstanceIdentifier("orders-1")))
        .isInstanceOf(DbInstanceNotFoundException.class);
  }

  @Test
  void aNewInstanceIsTheWriterIfThereIsNone() {
    model.removeInstance("orders-1");
    model.addInstance("orders", "orders-3");
    assertThat(writer()).isEqualTo("orders-3");
    model.addInstance("orders", "orders-4");
    assertThat(writer()).isEqualTo("orders-3");
  }

  @Test
  void aStatusCanBeSetByIdentifier() {
    model.setStatus("orders", "failing-over");
    model.setStatus("orders-2", "rebooting");
    assertThat(cluster("orders").status()).isEqualTo("failing-over");
    assertThat(rds.describeDBInstances().dbInstances().get(1).dbInstanceStatus())
        .isEqualTo("rebooting");
  }

  @Test
  void aClusterThatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> cluster("unheard")).isInstanceOf(DbClusterNotFoundException.class);
  }

  @Test
  void pagesOfTwentyToAHundredHoldEachClusterOnce() {
    for (int i = 0; i < 44; i++) {
      model.addCluster("c" + i);
    }
    assertThat(
            rds.describeDBClustersPaginator(r -> r.maxRecords(20)).stream()
                .map(DescribeDbClustersResponse::dbClusters)
                .map(List::size))
        .containsExactly(20, 20, 5);
    assertThat(
            rds.describeDBClustersPaginator(r -> r.maxRecords(20)).dbClusters().stream()
                .map(DBCluster::dbClusterIdentifier))
        .doesNotHaveDuplicates()
        .hasSize(45);
    assertThatThrownBy(() -> rds.describeDBClusters(r -> r.maxRecords(19)))
        .hasMessageContaining("MaxRecords");
  }

  private static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  @Test
  void filtersLeaveWhatTheyName() {
    model.addCluster("billing");
    model.addInstance("billing", "billing-1");
    assertThat(
            rds.describeDBInstances(r -> r.filters(filter("db-cluster-id", "billing", "none")))
                .dbInstances())
        .extracting(DBInstance::dbInstanceIdentifier)
        .containsExactly("billing-1");
    assertThat(rds.describeDBClusters(r -> r.filters(filter("engine", "mysql"))).dbClusters())
        .isEmpty();
    assertThat(
            rds.describeDBClusters(r -> r.filters(filter("engine", "mysql", "aurora-postgresql")))
                .dbClusters())
        .hasSize(2);
    assertThatThrownBy(() -> rds.describeDBClusters(r -> r.filters(filter("color", "red"))))
        .hasMessageContaining("color");
  }
}
