package dev.numberferry.binary;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.standin.AwsStandIn;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The memory that the template gives a function is enough for the largest backups, and what would
 * take more is refused or ends the process.
 */
class MemoryIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RUNS = 20;

  /** The id of the first number that is moved, and that of one that is refused after them. */
  private static final int FIRST = 10_000;

  private static final String LAST = "20000";

  private static final int LARGEST_OBJECT = 5_000_000;

  /** With base64 around it and the event, as much as Lambda takes: 6 MB. */
  private static final int LARGEST_IN_A_BODY = 4_400_000;

  private static final int LARGEST_IN_A_PLAIN_BODY = 5_900_000;

  private static final int ROWS = 2000;
  private static final int LARGE_ENTRY = 20_000;

  private static final int MORE_THAN_THE_HEAP = 60_000_000;

  @Test
  void theLargestObjectsFitIntoTheTemplatesMemory() throws Exception {
    assertFits("migrate", number -> Sample.event("direct.json").replace(Sample.NUMBER, number));
  }

  /** Every run reads the whole of it. */
  @Test
  void theLargestObjectsFitBesideASecretForSixHundredNumbers() throws Exception {
    assertFits(
        "migrate",
        secretForMany(600),
        number -> Sample.event("direct.json").replace(Sample.NUMBER, number));
  }

  private static String secretForMany(int count) {
    ObjectNode secret = Sample.secretForMany();
    ObjectNode numbers = (ObjectNode) secret.path("numbers");
    ObjectNode entry = (ObjectNode) numbers.path(Sample.NUMBER);
    numbers.set(LAST, entry);
    for (int i = 0; numbers.size() < count; i++) {
      numbers.set(String.valueOf(FIRST + i), entry);
    }
    return secret.toString();
  }

  @Test
  void theLargestBodiesFitIntoTheTemplatesMemory() throws Exception {
    assertFits(
        "api",
        number -> {
          byte[] body = body(number, LARGEST_IN_A_BODY, "").getBytes(US_ASCII);
          return post(Base64.getEncoder().encodeToString(body), true);
        });
  }

  /** One character beyond Latin-1 doubles the room that a text takes in the heap. */
  @Test
  void soDoTheLargestWithOneCharacterOfTwoBytes() throws Exception {
    assertFits(
        "api",
        number -> {
          String retry = "\"retry\": {\"after\": \"none\", \"reason\": \"a \u2013 b\"}, ";
          return post(body(number, LARGEST_IN_A_PLAIN_BODY, retry), false);
        });
  }

  /** As trees these would take more than the heap has. */
  @Test
  void smallObjectsAreRefusedBeforeTheyFillTheMemory() throws Exception {
    String event = Sample.event("direct.json").strip();
    String objects = event.replaceFirst("\\}$", ", \"note\": " + smallObjects(1_350_000) + "}");

    assertStays("migrate", objects, "INVALID", "");
    ObjectNode batch = (ObjectNode) JSON.readTree(Sample.event("sqs-migrations.json"));
    ((ObjectNode) batch.at("/Records/0"))
        .put("body", event.replaceFirst("\\}$", ", \"note\": " + smallObjects(1_000_000) + "}"));
    assertStays("migrate", batch.toString(), "\"batchItemFailures\":[]", "");
  }

  @Test
  void otherJsonInABackupsPlaceIsRefused() throws Exception {
    assertStays("backup-uploaded", Sample.event("s3-put.json"), "INVALID", smallObjects(1_800_000));
  }

  /** A process without the thread that takes events would keep Lambda waiting for ever. */
  @Test
  @Timeout(60)
  void theProcessEndsWhereAnEventHasNoRoomAtAll() {
    try (LambdaStandIn lambda = new LambdaStandIn().start();
        AwsStandIn aws = new AwsStandIn().start();
        GraphStandIn graph = new GraphStandIn(options().dynamicPort()).start();
        FerryProcess ferry =
            FerryProcess.start(
                "memory",
                FerryProcess.environment("migrate", lambda.address(), aws.url(), graph.url()))) {
      var unused = lambda.deliver("V".repeat(MORE_THAN_THE_HEAP));

      assertThat(ferry.exitCode()).isOne();
      assertThat(ferry.output()).contains("has died: java.lang.OutOfMemoryError");
    }
  }

  /** As many rows as a manifest may have, and entries of the ledger as large as they get. */
  @Test
  void theLongestListOfNumbersFitsIntoTheTemplatesMemory() throws Exception {
    try (LambdaStandIn lambda = new LambdaStandIn().start();
        AwsStandIn aws = new AwsStandIn().start();
        GraphStandIn graph = new GraphStandIn(options().dynamicPort()).start();
        FerryProcess migrate =
            FerryProcess.start("memory", environment("migrate", lambda, aws, graph));
        FerryProcess fleet =
            FerryProcess.start("memory", environment("fleet", lambda, aws, graph))) {
      aws.secrets().answersEverythingWith(Sample.secret());
      aws.objects().answersEverythingWith(Sample.backupFile());
      graph.refuses(400, 133006);
      assertThat(ask(lambda, "migrate", Sample.event("direct.json"))).contains("REJECTED");
      aws.ledger().putAll(copies(aws.ledger().items().get(0)));
      String numbers =
          IntStream.rangeClosed(1, ROWS)
              .mapToObj(i -> number(i) + ",in/" + number(i) + ".json\n")
              .collect(Collectors.joining("", "phoneNumberId,backupKey\n", ""));
      aws.objects().put(Sample.FLEET_BUCKET, Sample.MANIFEST, numbers.getBytes(US_ASCII));
      String order =
          "{\"run\": \"r\", \"order\": {\"manifest\": \"%s\"}}".formatted(Sample.MANIFEST);

      assertThat(ask(lambda, "fleet", order)).contains("\"rows\":2000", "\"go\":\"ROWS\"");
      for (int i = 0; i < 3; i++) {
        assertThat(ask(lambda, "fleet", "{\"run\": \"r\"}")).contains("{\"REFUSED\":2000}");
      }

      System.out.printf("Peak memory of fleet with %d rows: %d MiB%n", ROWS, fleet.peakMemoryMiB());
      assertThat(fleet.peakMemoryMiB()).isLessThan(memorySize());
    }
  }

  private static Map<String, String> environment(
      String function, LambdaStandIn lambda, AwsStandIn aws, GraphStandIn graph) {
    return FerryProcess.environment(function, lambda.address(function), aws.url(), graph.url());
  }

  private static String ask(LambdaStandIn lambda, String function, String event) throws Exception {
    return lambda.deliver(function, event).get(1, TimeUnit.MINUTES).body();
  }

  /** The entry of one number for each, with its attempt again and again until it is large. */
  private static List<Map<String, AttributeValue>> copies(Map<String, AttributeValue> item)
      throws IOException {
    ObjectNode entry = (ObjectNode) JSON.readTree(item.get("entry").s());
    ArrayNode attempts = (ArrayNode) entry.path("attempts");
    while (entry.toString().length() < LARGE_ENTRY) {
      attempts.add(attempts.path(0));
    }
    return IntStream.rangeClosed(1, ROWS)
        .mapToObj(
            i -> {
              Map<String, AttributeValue> copy = new HashMap<>(item);
              copy.put("phoneNumberId", AttributeValue.fromS(number(i)));
              copy.put("entry", AttributeValue.fromS(entry.toString()));
              return copy;
            })
        .toList();
  }

  private static String number(int i) {
    return String.valueOf(106540352240000L + i);
  }

  /** Answers an event that is refused, as often as there are runs, and then moves a number. */
  private static void assertStays(String function, String event, String answer, String object)
      throws Exception {
    try (LambdaStandIn lambda = new LambdaStandIn().start();
        AwsStandIn aws = new AwsStandIn().start();
        GraphStandIn graph = new GraphStandIn(options().dynamicPort()).start();
        FerryProcess ferry =
            FerryProcess.start(
                "memory",
                FerryProcess.environment(function, lambda.address(), aws.url(), graph.url()))) {
      aws.secrets().answersEverythingWith(Sample.secret());
      for (int i = 0; i < RUNS; i++) {
        aws.objects().put(Sample.BUCKET, Sample.KEY, object.getBytes(US_ASCII));
        assertThat(lambda.deliver(event).get(1, TimeUnit.MINUTES).body()).contains(answer);
      }
      assertThat(aws.topic().messages())
          .hasSize(RUNS)
          .allSatisfy(it -> assertThat(it.attributes()).containsEntry("status", "INVALID"));

      aws.objects().put(Sample.BUCKET, Sample.KEY, Sample.backupFile());
      String sample = function.equals("migrate") ? "direct.json" : "s3-put.json";
      assertThat(lambda.deliver(Sample.event(sample)).get(1, TimeUnit.MINUTES).body())
          .contains("MIGRATED");
      assertThat(graph.registers()).hasSize(1);
      assertThat(ferry.peakMemoryMiB()).isLessThan(memorySize());
    }
  }

  private static String smallObjects(int length) {
    return "[" + "{\"a\":1},".repeat(length / 8) + "{}]";
  }

  private static String body(String number, int backup, String more) {
    return "{\"phoneNumberId\": \"%s\", %s\"backup\": {\"data\": \"%s\"}}"
        .formatted(number, more, Sample.backup(backup));
  }

  private static String post(String body, boolean base64) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(Sample.event("api-post.json"));
    return event.put("isBase64Encoded", base64).put("body", body).toString();
  }

  /** An event for a number. */
  private interface Events {
    String about(String number) throws Exception;
  }

  private static void assertFits(String function, Events events) throws Exception {
    assertFits(function, Sample.secret(), events);
  }

  private static void assertFits(String function, String secret, Events events) throws Exception {
    int given = memorySize();
    try (LambdaStandIn lambda = new LambdaStandIn().start();
        AwsStandIn aws = new AwsStandIn().start();
        GraphStandIn graph = new GraphStandIn(options().dynamicPort()).start();
        FerryProcess ferry =
            FerryProcess.start(
                "memory",
                FerryProcess.environment(function, lambda.address(), aws.url(), graph.url()))) {
      aws.secrets().answersEverythingWith(secret);
      aws.objects().answersEverythingWith(Sample.backup(LARGEST_OBJECT).getBytes(US_ASCII));
      graph.answers(okJson("{\"success\": true}"));

      for (int i = 0; i < RUNS; i++) {
        String event = events.about(String.valueOf(FIRST + i));
        assertThat(lambda.deliver(event).get(1, TimeUnit.MINUTES).body()).contains("MIGRATED");
      }

      // Meta's answers may echo what was sent: looking for it must find room as well.
      graph.refuses(400, 133005);
      assertThat(lambda.deliver(events.about(LAST)).get(1, TimeUnit.MINUTES).body())
          .contains("REJECTED", "133005");

      System.out.printf(
          "Peak memory of %d runs of %s with the largest backups: %d MiB of %d%n",
          RUNS, function, ferry.peakMemoryMiB(), given);
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
