package dev.numberferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.function.SweepFunction;
import dev.numberferry.schema.HeldToDocs;
import dev.numberferry.standin.EventServer;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code ./mvnw -Plocal}, with the function and the stand-ins of the other tests. */
@QuarkusTest
@QuarkusTestResource(StandIns.class)
class LocalStoryTest implements HeldToDocs {

  @Inject SweepFunction sweep;

  StandIns outside;

  @Test
  void silenceEndsWithTheSweepThatSeesTheNumberMoved() throws Exception {
    String story = told(Map.of("graph", "silence"));

    assertThat(story).containsSubsequence("\"UNKNOWN\"", "is passed over", "\"MIGRATED\"");
    assertThat(publishedStatuses()).containsExactly("UNKNOWN", "MIGRATED");
    assertThat(outside.graph().registers()).hasSize(1);
  }

  /** Where {@code register} moves a number; the others show that of each in the same way. */
  @ParameterizedTest
  @EnumSource(names = {"MOVES", "BLOCKED", "STALLS"})
  void theNextNumberIsMovedAsWell(LocalGraph graph) throws Exception {
    told(Map.of("graph", graph.option()));

    postSampleFor("206540352242922");

    assertThat(publishedStatuses()).containsExactly("MIGRATED", "MIGRATED");
    assertThat(outside.graph().registers()).hasSize(2);
  }

  @Test
  void afterSilenceTheNextNumberHasNotMoved() throws Exception {
    told(Map.of("graph", "silence"));

    postSampleFor("206540352242922");

    assertThat(publishedStatuses()).containsExactly("UNKNOWN", "MIGRATED", "UNKNOWN");
  }

  @Test
  void withJsonTheLineOfTheMetricsIsPrintedAsDeployed() throws Exception {
    assertThat(told(Map.of())).doesNotContain("\"_aws\"");
    assertThat(told(Map.of("json", "true"))).contains("\"_aws\"");
  }

  private String told(Map<String, String> options) throws Exception {
    Properties given = new Properties();
    given.putAll(options);
    List<String> lines = new ArrayList<>();
    new LocalStory(LocalOptions.of(given), outside, sweep, lines::add).tell();
    return String.join("\n", lines);
  }

  private static void postSampleFor(String number) {
    String event = Sample.event("direct.json").replace(Sample.NUMBER, number);
    EventServer.given().body(event).post();
  }

  private List<String> publishedStatuses() {
    return outside.topic().messages().stream().map(it -> it.body().getString("status")).toList();
  }
}
