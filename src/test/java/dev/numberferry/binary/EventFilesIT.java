package dev.numberferry.binary;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.local.FunctionFor;
import dev.numberferry.standin.AwsStandIn;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each file of infra/events through its function, as the native binary. */
class EventFilesIT {

  private final LambdaStandIn lambda = new LambdaStandIn();
  private final AwsStandIn aws = new AwsStandIn();
  private final GraphStandIn graph = new GraphStandIn(options().dynamicPort());

  @BeforeEach
  void start() {
    lambda.start();
    aws.start();
    graph.start();
    aws.secrets().put(Sample.SECRET_ID, Sample.secret());
    aws.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
    aws.objects().put(Sample.FLEET_BUCKET, Sample.MANIFEST, Sample.manifest());
  }

  @AfterEach
  void stop() {
    graph.close();
    aws.close();
    lambda.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "direct.json | migrate | MIGRATED | \"status\":\"MIGRATED\"",
        "direct-dry-run.json | migrate | READY | \"status\":\"READY\"",
        "sqs-migrations.json | migrate | MIGRATED | {\"batchItemFailures\":[]}",
        "s3-put.json | backup-uploaded | MIGRATED | \"status\":\"MIGRATED\"",
        "eventbridge.json | backup-uploaded | MIGRATED | \"status\":\"MIGRATED\"",
        "sqs-uploads.json | backup-uploaded | MIGRATED | {\"batchItemFailures\":[]}",
        "sqs-sns-uploads.json | backup-uploaded | MIGRATED | {\"batchItemFailures\":[]}",
        "failed-invocation.json | migrate | MIGRATED | \"status\":\"MIGRATED\"",
        "s3-test.json | backup-uploaded | - | []",
        "api-post.json | api | MIGRATED | \"statusCode\":200",
        "api-post-async.json | api | - | \"statusCode\":202",
        "api-get.json | api | - | \"statusCode\":404",
        "brake-release.json | brake | - | \"state\":\"RELEASED\"",
        "fleet.json | fleet | - | \"go\":\"ROWS\"",
        "schedule.json | sweep | - | {\"numbers\":0}"
      })
  void aFileThroughItsFunction(String file, String function, String published, String answer)
      throws Exception {
    assertThat(FunctionFor.event(Sample.event(file))).isEqualTo(function);

    assertThat(run(function, Sample.event(file))).contains(answer);

    assertThat(aws.topic().messages())
        .extracting(message -> message.body().getString("status"))
        .isEqualTo(published.equals("-") ? List.of() : List.of(published));
    assertThat(graph.registers()).hasSize(published.equals("MIGRATED") ? 1 : 0);
  }

  @Test
  void theLedgersEntryIsTheAnswerToAGetAfterwards() throws Exception {
    run("migrate", Sample.event("direct.json"));

    assertThat(run("api", Sample.event("api-get.json")))
        .contains("\"statusCode\":200", "\\\"state\\\":\\\"MIGRATED\\\"", "secretVersion");
  }

  @Test
  void everyFileIsInTheTable() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("infra", "events"))) {
      assertThat(files.count()).isEqualTo(15);
    }
  }

  private String run(String function, String event) throws Exception {
    Map<String, String> environment =
        FerryProcess.environment(function, lambda.address(function), aws.url(), graph.url());
    try (FerryProcess ferry = FerryProcess.start("event-files", environment)) {
      LambdaStandIn.Answer answer = lambda.deliver(function, event).get(1, TimeUnit.MINUTES);
      assertThat(answer.failed()).as(answer.body()).isFalse();
      return answer.body();
    }
  }
}
