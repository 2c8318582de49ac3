package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.StartCheck;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.Tool;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has to fit together in the template, after SAM has transformed it. */
@Needs(Tool.SAM_TRANSLATOR)
class TemplateIT {

  private static final int LONGEST_RUN = 90;
  private static final String DEFAULT_TIMEOUT = defaultTimeout();
  private static final int MARGIN = 2;
  private static final int DAY = 24 * 60 * 60;
  private static final List<String> WAYS_IN = List.of("Migrate", "BackupUploaded", "Api");
  private static final List<String> MAPPINGS =
      List.of("MigrateMigrations", "BackupUploadedUploads");

  /** As the pages write it in a command: read from the stack, or left to be put in. */
  private static final Pattern NAMED_OUTPUT =
      Pattern.compile("\\(output [A-Z]\\w+\\)|OutputKey=='[A-Z]\\w+'|<[A-Z]\\w+(Arn|Url|Name)>");

  private static Template template;

  @BeforeAll
  static void withDefaults() {
    template = Template.with(Map.of());
  }

  @Test
  void aFunctionEndsBeforeItsRunCountsAsDead() {
    assertThat(WAYS_IN)
        .allSatisfy(
            it ->
                assertThat(template.properties(it).path("Timeout").asInt())
                    .isLessThan(LONGEST_RUN));
  }

  @Test
  void aMessageStaysInvisibleForSixTimeOutsAndComesOneByOne() {
    assertThat(template.ofType("AWS::Lambda::EventSourceMapping"))
        .containsExactlyInAnyOrderElementsOf(MAPPINGS)
        .allSatisfy(
            it -> {
              JsonNode mapping = template.properties(it);
              assertThat(mapping.path("BatchSize").asInt()).isOne();
              assertThat(mapping.path("FunctionResponseTypes").path(0).asText())
                  .isEqualTo("ReportBatchItemFailures");
              JsonNode queue = template.properties(id(mapping.path("EventSourceArn")));
              JsonNode function = template.properties(id(mapping.path("FunctionName")));
              assertThat(queue.path("VisibilityTimeout").asInt())
                  .isGreaterThanOrEqualTo(6 * function.path("Timeout").asInt());
              assertThat(queue.path("MessageRetentionPeriod").asInt()).isEqualTo(14 * DAY);
            });
  }

  /** {@code WaitRule}: 9 minutes that double up to 2 hours, and a quarter of each at most. */
  @Test
  void whatKeepsFailingIsADeadLetterBeforeItsBackupAndLongBeforeItIsDeleted() {
    int days = template.parameter("BackupDays").path("MinValue").asInt();
    for (String id : List.of("Uploads", "Migrations")) {
      int receives = template.properties(id).at("/RedrivePolicy/maxReceiveCount").asInt();
      double minutes = 0;
      for (int i = 0; i < receives; i++) {
        minutes += 1.25 * Math.min(120, 9 * Math.pow(2, i));
      }
      assertThat(minutes * 60).isLessThan(days * DAY).isLessThan(10 * DAY);
      // A brake of a night and a morning, at its shortest wait.
      assertThat(receives * 15 / 60).isGreaterThanOrEqualTo(20);
    }
    assertThat(template.parameter("BackupDays").path("Default").asInt()).isEqualTo(14);
  }

  /** Lambda's clock runs already while the event is on its way to the function. */
  @Test
  void everyFunctionKnowsItsOwnTimeOutAndIsDoneBefore() {
    assertThat(template.ofType("AWS::Lambda::Function"))
        .hasSize(6)
        .allSatisfy(
            it ->
                assertThat(functionTimeout(it))
                    .isLessThanOrEqualTo(template.properties(it).path("Timeout").asInt() - MARGIN)
                    .isGreaterThanOrEqualTo(
                        template.properties(it).path("Timeout").asInt() - 2 * MARGIN));
  }

  /** One that does not fit the others stops the function when it starts. */
  @Test
  void everyFunctionStartsWithTheVariablesThatItGets() {
    assertThat(template.ofType("AWS::Lambda::Function"))
        .allSatisfy(it -> assertThat(StartCheck.problems(variables(it))).isEmpty());
  }

  /** As Lambda hands them to a function, once there are the resources that they name. */
  private static Map<String, String> variables(String function) {
    Map<String, String> variables = new HashMap<>();
    template
        .properties(function)
        .at("/Environment/Variables")
        .properties()
        .forEach(it -> variables.put(it.getKey(), it.getValue().asText().replaceAll("[<>]", "")));
    variables.computeIfPresent("FERRY_TOPIC_ARN", (name, value) -> Sample.TOPIC);
    variables.computeIfPresent(
        "FERRY_QUEUE_URL",
        (name, value) -> "https://sqs.eu-central-1.amazonaws.com/123456789012/" + value);
    return variables;
  }

  /** What the template sets, else the default: in seconds. */
  private static int functionTimeout(String function) {
    JsonNode set =
        template.properties(function).at("/Environment/Variables/FERRY_FUNCTION_TIMEOUT");
    return Integer.parseInt(set.asText(DEFAULT_TIMEOUT).replace("s", ""));
  }

  private static String defaultTimeout() {
    try {
      return FerryConfig.class
          .getMethod("functionTimeout")
          .getAnnotation(WithDefault.class)
          .value();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theEmergencyStopClosesEveryWayInAndLeavesSweepAtWork() {
    Template stopped = Template.with(Map.of("EmergencyStop", "true"));

    assertThat(MAPPINGS)
        .allSatisfy(
            it -> {
              assertThat(stopped.properties(it).path("Enabled").asBoolean(true)).isFalse();
              assertThat(template.properties(it).path("Enabled").asBoolean(false)).isTrue();
            });
    assertThat(WAYS_IN)
        .allSatisfy(
            it -> {
              assertThat(stopped.properties(it).path("ReservedConcurrentExecutions").asInt(-1))
                  .isZero();
              assertThat(template.properties(it).has("ReservedConcurrentExecutions")).isFalse();
            });
    assertThat(stopped.properties("Sweep").has("ReservedConcurrentExecutions")).isFalse();
    assertThat(stopped.ofType("AWS::Lambda::Function"))
        .containsExactlyInAnyOrder("Migrate", "BackupUploaded", "Api", "Sweep", "Brake", "Fleet");
    assertThat(stopped.properties("Brake").has("ReservedConcurrentExecutions")).isFalse();
    assertThat(stopped.properties("Fleet").has("ReservedConcurrentExecutions")).isFalse();
  }

  @Test
  void theFleetsBucketIsClosedKeptAndStartsNothing() {
    JsonNode bucket = template.properties("FleetBucket");

    assertThat(template.policies("FleetBucket")).containsExactly("Retain", "Retain");
    assertThat(bucket.at("/BucketEncryption/ServerSideEncryptionConfiguration").toString())
        .contains("\"SSEAlgorithm\":\"AES256\"");
    assertThat(bucket.path("PublicAccessBlockConfiguration"))
        .hasSize(4)
        .allMatch(JsonNode::asBoolean);
    assertThat(bucket.has("NotificationConfiguration")).isFalse();
    assertThat(bucket.at("/LifecycleConfiguration/Rules/0/ExpirationInDays").asInt())
        .isEqualTo(400)
        .isEqualTo(template.parameter("LedgerTtlDays").path("Default").asInt());
    assertThat(template.properties("FleetBucketPolicy").at("/PolicyDocument/Statement"))
        .anyMatch(TemplateIT::deniesWithoutTls);
    assertThat(template.properties("Fleet").at("/Environment/Variables").toString())
        .contains("\"FERRY_FLEET_BUCKET\":\"<FleetBucket>\"")
        .contains("\"FERRY_BACKUP_BUCKET\":\"<BackupBucket>\"");
    assertThat(template.output("FleetBucketName")).isEqualTo("<FleetBucket>");
  }

  @Test
  void theMachineIsMadeOfItsFileAndInvokesTheseFunctions() {
    JsonNode machine = template.properties("FleetMachine");

    assertThat(machine.path("DefinitionS3Location").path("Key").asText())
        .isEqualTo("fleet.asl.json");
    assertThat(machine.path("DefinitionSubstitutions").toString())
        .contains("\"FleetFunctionArn\":\"<Fleet.Arn>\"")
        .contains("\"MigrateFunctionArn\":\"<Migrate.Arn>\"")
        .contains("\"FleetBucketName\":\"<FleetBucket>\"");
    // The other type loses rows: five minutes at the most, and started at least once.
    assertThat(machine.path("StateMachineType").asText("STANDARD")).isEqualTo("STANDARD");
    assertThat(machine.at("/TracingConfiguration/Enabled").asBoolean()).isTrue();
    assertThat(template.output("FleetArn")).isEqualTo("<FleetMachine>");
  }

  /** The stop refuses its rows; what became of them is still to be told. */
  @Test
  void theEmergencyStopLeavesTheMachineAlone() {
    assertThat(Template.with(Map.of("EmergencyStop", "true")).properties("FleetMachine"))
        .isEqualTo(template.properties("FleetMachine"));
  }

  /** Else Lambda's own lines would be no JSON, and each function's log group its default one. */
  @ParameterizedTest
  @ValueSource(strings = {"Migrate", "BackupUploaded", "Api", "Sweep", "Brake", "Fleet"})
  void everyLineOfALogIsJson(String function) {
    JsonNode logging = template.properties(function).path("LoggingConfig");

    assertThat(logging.path("LogFormat").asText()).isEqualTo("JSON");
    assertThat(logging.path("LogGroup").asText()).isNotEmpty();
    assertThat(logging.has("ApplicationLogLevel")).isFalse();
  }

  /**
   * A ledger that is restored has forgotten calls, and the log is where they are found. A create
   * that fails leaves no group behind, which would be empty.
   */
  @Test
  void everyLogOutlivesTheStack() {
    assertThat(template.ofType("AWS::Logs::LogGroup"))
        .hasSize(7)
        .allSatisfy(
            it ->
                assertThat(template.policies(it))
                    .containsExactly("RetainExceptOnCreate", "Retain"));
  }

  /** The policy as well: what it forbids holds for the backups that are left in the bucket. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ledger",
        "BackupBucket",
        "BackupKey",
        "BackupBucketPolicy",
        "FleetBucket",
        "FleetBucketPolicy"
      })
  void whatHoldsTheOperatorsDataOutlivesTheStack(String id) {
    assertThat(template.policies(id)).containsExactly("Retain", "Retain");
  }

  @ParameterizedTest
  @CsvSource({
    "OneMigrationQuery, one migration, 5",
    "NeedsPersonQuery, what needs a person, 6",
    "CallsQuery, calls, 3"
  })
  void aSavedQueryLooksIntoTheLogOfEveryFunctionThatItIsAbout(String id, String name, int logs) {
    JsonNode query = template.properties(id);

    assertThat(query.path("Name").asText()).isEqualTo("number-ferry/" + name);
    assertThat(query.path("LogGroupNames"))
        .extracting(JsonNode::asText)
        .hasSize(logs)
        .contains("<MigrateLog>", "<BackupUploadedLog>", "<ApiLog>")
        .isSubsetOf(
            template.ofType("AWS::Lambda::Function").stream()
                .map(it -> "<" + it + "Log>")
                .toList());
  }

  @Test
  void onlyTheBucketMayFillTheQueueOfUploads() {
    JsonNode allowed = sender(template);

    assertThat(allowed.at("/Principal/Service").asText()).isEqualTo("s3.amazonaws.com");
    assertThat(allowed.at("/Condition/StringEquals").path("aws:SourceAccount").asText())
        .isEqualTo("123456789012");
    assertThat(allowed.at("/Condition/ArnEquals").path("aws:SourceArn").asText())
        .isEqualTo(
            "arn:aws:s3:::" + template.properties("BackupBucket").path("BucketName").asText());
    assertThat(template.exists("ExistingBucketRule")).isFalse();
  }

  @Test
  void anExistingBucketFillsItThroughEventBridge() {
    Template existing =
        Template.with(Map.of("ExistingBackupBucket", "backups-of-ours", "BackupPrefix", "done/"));
    JsonNode allowed = sender(existing);

    assertThat(allowed.at("/Principal/Service").asText()).isEqualTo("events.amazonaws.com");
    assertThat(allowed.at("/Condition/StringEquals").path("aws:SourceAccount").asText())
        .isEqualTo("123456789012");
    assertThat(allowed.at("/Condition/ArnEquals").path("aws:SourceArn").asText())
        .isEqualTo("<ExistingBucketRule.Arn>");
    JsonNode pattern = existing.properties("ExistingBucketRule").path("EventPattern");
    assertThat(pattern.at("/detail/bucket/name/0").asText()).isEqualTo("backups-of-ours");
    assertThat(pattern.at("/detail/object/key/0/prefix").asText()).isEqualTo("done/");
    assertThat(existing.properties("BackupUploaded").at("/Environment/Variables").toString())
        .contains("\"FERRY_BACKUP_BUCKET\":\"backups-of-ours\"")
        .contains("\"FERRY_BACKUP_PREFIX\":\"done/\"");
    assertThat(List.of("BackupBucket", "BackupBucketPolicy", "BackupKey", "BackupKeyPolicy"))
        .noneMatch(existing::exists);
  }

  @Test
  void uploadsMigrateWhereNobodySwitchesThatOff() {
    assertThat(template.parameter("UploadsMigrate").path("Default").asText()).isEqualTo("true");
    assertThat(template.parameter("UploadsMigrate").path("AllowedValues").toString())
        .isEqualTo("[\"true\",\"false\"]");
    assertThat(template.properties("BackupBucket").at("/NotificationConfiguration").toString())
        .contains("s3:ObjectCreated:*", "<Uploads.Arn>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "backups-of-ours"})
  void whereUploadsDoNotMigrateNothingHearsOfThemAndNobodyMayFillTheQueue(String bucket) {
    Template storing =
        Template.with(Map.of("UploadsMigrate", "false", "ExistingBackupBucket", bucket));

    assertThat(storing.ofType("AWS::Events::Rule")).isEmpty();
    assertThat(storing.properties("UploadsPolicy").at("/PolicyDocument/Statement"))
        .singleElement()
        .matches(TemplateIT::deniesWithoutTls);
    assertThat(storing.exists("BackupBucket")).isEqualTo(bucket.isEmpty());
    if (bucket.isEmpty()) {
      assertThat(storing.properties("BackupBucket").has("NotificationConfiguration")).isFalse();
    }
  }

  /** What the functions would refuse at their start is refused before anything is deployed. */
  @ParameterizedTest
  @CsvSource({
    "BackupPrefix, in/, /in/",
    "BackupPrefix, a/b-c_1, in/*",
    "BackupPrefix, '', s3://b/in/",
    "ExistingBackupBucket, number-ferry-backups, arn:aws:s3:::number-ferry-backups",
    "ExistingBackupBucket, Number_Ferry.Backups, s3://number-ferry-backups",
    "ExistingLedger, number-ferry-ledger, arn:aws:dynamodb:eu-central-1:123456789012:table/l",
    "SecretPrefix, whatsapp/, whatsapp/*",
    "TokenSecretId, shared-token, shared token",
    "GraphVersion, v25.0, 25.0"
  })
  void aParameterHasTheFormThatItsVariableMustHave(String id, String right, String wrong) {
    String pattern = Template.with(Map.of()).parameter(id).path("AllowedPattern").asText();

    assertThat(right).matches(pattern);
    assertThat(wrong).doesNotMatch(pattern);
  }

  @Test
  void everyQueueIsEncryptedAndTakesOnlyTls() {
    assertThat(template.ofType("AWS::SQS::Queue"))
        .hasSize(5)
        .allSatisfy(
            it -> {
              assertThat(template.properties(it).path("SqsManagedSseEnabled").asBoolean()).isTrue();
              JsonNode policy = template.properties(it + "Policy");
              assertThat(policy.path("Queues").path(0).asText()).isEqualTo("<" + it + ">");
              assertThat(policy.at("/PolicyDocument/Statement"))
                  .anyMatch(TemplateIT::deniesWithoutTls);
            });
    assertThat(template.properties("BackupBucketPolicy").at("/PolicyDocument/Statement"))
        .anyMatch(TemplateIT::deniesWithoutTls);
  }

  @Test
  void theApiAsksForASignatureOnEveryRoute() {
    JsonNode paths = template.properties("HttpApi").at("/Body/paths");

    assertThat(paths).hasSize(3);
    assertThat(paths)
        .allSatisfy(
            it ->
                assertThat(it.at("/x-amazon-apigateway-any-method/security/0").has("AWS_IAM"))
                    .isTrue());
  }

  @Test
  void theApiTakesTwentyRequestsASecondAndFortyAtOnce() {
    assertThat(template.ofType("AWS::ApiGatewayV2::Stage")).hasSize(1);
    JsonNode limits =
        template
            .properties(template.ofType("AWS::ApiGatewayV2::Stage").get(0))
            .path("DefaultRouteSettings");

    assertThat(limits.path("ThrottlingRateLimit").asInt()).isEqualTo(20);
    assertThat(limits.path("ThrottlingBurstLimit").asInt()).isEqualTo(40);
  }

  @Test
  void concurrencyIsReservedForTheBrakeWhereItIsAskedForAlsoUnderTheStop() {
    Template reserving = Template.with(Map.of("BrakeConcurrency", "1", "EmergencyStop", "true"));

    assertThat(template.parameter("BrakeConcurrency").path("Default").asInt(-1)).isZero();
    // A text such as 00 would be none of these, and reserve nothing at all for it.
    assertThat(template.parameter("BrakeConcurrency").path("AllowedValues").toString())
        .isEqualTo("[0,1,2,3,4,5]");
    assertThat(template.properties("Brake").has("ReservedConcurrentExecutions")).isFalse();
    assertThat(reserving.properties("Brake").path("ReservedConcurrentExecutions").asInt())
        .isEqualTo(1);
    assertThat(reserving.properties("Sweep").has("ReservedConcurrentExecutions")).isFalse();
  }

  @Test
  void anExistingLedgerTakesThePlaceOfOneThatTheStackWouldMake() {
    Template existing = Template.with(Map.of("ExistingLedger", "ledger-of-ours"));

    assertThat(template.exists("Ledger")).isTrue();
    assertThat(existing.exists("Ledger")).isFalse();
    assertThat(existing.ofType("AWS::Lambda::Function"))
        .allSatisfy(
            it ->
                assertThat(existing.properties(it).at("/Environment/Variables/FERRY_LEDGER_TABLE"))
                    .isEqualTo(TextNode.valueOf("ledger-of-ours")));
    assertThat(existing.output("LedgerTable")).isEqualTo("ledger-of-ours");
    assertThat(template.output("LedgerTable")).isEqualTo("<Ledger>");
  }

  /** As start-message-move-task and policies take them. */
  @ParameterizedTest
  @CsvSource({
    "MigrationsQueueArn, Migrations",
    "UploadsQueueArn, Uploads",
    "FailedMigrationsArn, MigrationsFailed",
    "FailedUploadsArn, UploadsFailed"
  })
  void theArnOfAQueueIsAnOutput(String output, String queue) {
    assertThat(template.output(output)).isEqualTo("<" + queue + ".Arn>");
  }

  @Test
  void everyOutputThatACommandOfAPageNamesIsThere() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> pages = Stream.concat(Stream.of(Path.of("README.md")), pages())) {
      for (Path page : pages.toList()) {
        NAMED_OUTPUT
            .matcher(Files.readString(page))
            .results()
            .forEach(it -> named.add(it.group().replaceAll(".*[ '<]([A-Z]\\w+).*", "$1")));
      }
    }

    assertThat(named)
        .contains("BrakeFunctionName")
        .allSatisfy(it -> assertThat(template.output(it)).as(it).isNotEmpty());
  }

  @SuppressWarnings("StreamResourceLeak")
  private static Stream<Path> pages() throws IOException {
    return Files.walk(Path.of("docs")).filter(it -> it.toString().endsWith(".md"));
  }

  @Test
  void noVariableForTriesIsDeployed() {
    assertThat(template.ofType("AWS::Lambda::Function"))
        .allSatisfy(
            it ->
                assertThat(template.properties(it).at("/Environment/Variables").toString())
                    .doesNotContain("AWS_ENDPOINT_URL", "PATH_STYLE", "WHATSAPP_URL"));
  }

  private static JsonNode sender(Template of) {
    JsonNode statements = of.properties("UploadsPolicy").at("/PolicyDocument/Statement");
    assertThat(statements).hasSize(2);
    assertThat(statements.path(0).path("Effect").asText()).isEqualTo("Allow");
    return statements.path(0);
  }

  private static boolean deniesWithoutTls(JsonNode statement) {
    return statement.path("Effect").asText().equals("Deny")
        && statement.path("Principal").asText().equals("*")
        && statement.at("/Condition/Bool").path("aws:SecureTransport").asText().equals("false");
  }

  /** Of {@code <Queue.Arn>} or {@code <Function>}. */
  private static String id(JsonNode reference) {
    return reference.asText().replaceAll("[<>]|\\.Arn", "");
  }
}
