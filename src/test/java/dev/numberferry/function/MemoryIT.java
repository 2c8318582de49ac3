package dev.numberferry.function;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.AwsStandIn;
import dev.numberferry.standin.FerryProcess;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The memory that the template gives a function is enough for the largest backups. */
class MemoryIT {

  private static final int RUNS = 20;
  private static final int LARGEST_BACKUP = 5_000_000;

  @Test
  void theLargestBackupsFitIntoTheTemplatesMemory() throws Exception {
    int given = memorySize();
    // A native binary takes 80 % of the memory that it finds for its heap.
    String heap = "-Xmx" + given * 8 / 10 + "m";
    try (LambdaStandIn lambda = new LambdaStandIn().start();
        AwsStandIn aws = new AwsStandIn().start();
        GraphStandIn graph = new GraphStandIn(options().dynamicPort()).start();
        FerryProcess ferry =
            FerryProcess.start(
                "memory",
                FerryProcess.environment("migrate", lambda.address(), aws.url(), graph.url()),
                heap)) {
      byte[] backup = "V".repeat(LARGEST_BACKUP).getBytes(StandardCharsets.US_ASCII);
      aws.secrets().answersEverythingWith(Sample.secret());
      aws.objects().answersEverythingWith(backup);
      graph.answers(okJson("{\"success\": true}"));

      for (int i = 0; i < RUNS; i++) {
        String event = Sample.event("direct.json").replace(Sample.NUMBER + "\"", 10_000 + i + "\"");
        assertThat(lambda.deliver(event).get(1, TimeUnit.MINUTES).body()).contains("MIGRATED");
      }

      System.out.printf(
          "Peak memory of %d runs with 5 MB backups: %d MiB of %d%n",
          RUNS, ferry.peakMemoryMiB(), given);
      assertThat(ferry.peakMemoryMiB()).isLessThan(given);
    }
  }

  private static int memorySize() throws IOException {
    Matcher size =
        Pattern.compile("MemorySize: ([0-9]+)")
            .matcher(Files.readString(Path.of("infra", "template.yaml")));
    assertThat(size.find()).isTrue();
    return Integer.parseInt(size.group(1));
  }
}
