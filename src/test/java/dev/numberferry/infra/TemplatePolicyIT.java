package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Tool;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Each function may do what its code calls, and nothing more than is listed here with a reason. */
@Needs(Tool.SAM_TRANSLATOR)
class TemplatePolicyIT {

  private static final String KEYS = "arn:aws:kms:eu-central-1:123456789012:key/";
  private static final String KEY = KEYS + "of-the-secrets";
  private static final String TABLES = "arn:aws:dynamodb:eu-central-1:123456789012:table/";
  private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";
  private static final String LOGS = "arn:aws:logs:eu-central-1:123456789012:log-group:";

  private static final Pattern IMPORTED_CLIENT =
      Pattern.compile("import (software\\.amazon\\.awssdk\\.services\\.\\w+\\.\\w+Client);");
  private static final Pattern CALL = Pattern.compile("\\.\\s*(\\w+)\\(");

  /** Every operation of an AWS client that the code calls, and the action that it needs. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("getSecretValue", "secretsmanager:GetSecretValue"),
          Map.entry("putSecretValue", "secretsmanager:PutSecretValue"),
          Map.entry("getObject", "s3:GetObject"),
          Map.entry("headObject", "s3:GetObject"),
          Map.entry("putObject", "s3:PutObject"),
          Map.entry("batchGetItem", "dynamodb:BatchGetItem"),
          Map.entry("getItem", "dynamodb:GetItem"),
          Map.entry("putItem", "dynamodb:PutItem"),
          Map.entry("queryPaginator", "dynamodb:Query"),
          Map.entry("describeTable", "dynamodb:DescribeTable"),
          Map.entry("publish", "sns:Publish"),
          Map.entry("sendMessage", "sqs:SendMessage"),
          Map.entry("changeMessageVisibility", "sqs:ChangeMessageVisibility"));

  private static final Map<String, String> CALLED_EVERYWHERE =
      Map.of(
          "secretsmanager:GetSecretValue " + SECRET + "whatsapp/*",
          "the number's secret",
          "secretsmanager:GetSecretValue " + SECRET + "shared-token-??????",
          "the shared token",
          "dynamodb:BatchGetItem <Ledger.Arn>",
          "the number's entry, and the brake beside it",
          "dynamodb:GetItem <Ledger.Arn>",
          "the brake, before it is written",
          "dynamodb:PutItem <Ledger.Arn>",
          "the number's entry, and the brake",
          "sns:Publish <ResultTopic>",
          "the result");

  private static final Map<String, String> CALLED_BY_A_MIGRATION =
      Map.of(
          "secretsmanager:PutSecretValue " + SECRET + "whatsapp/*",
          "a PIN that was made",
          "s3:GetObject arn:aws:s3:::<BackupBucket>/backups/*",
          "the backup, its metadata, and which version of it is the current one",
          "s3:GetObjectVersion arn:aws:s3:::<BackupBucket>/backups/*",
          "the same, by its version");

  private static final Map<String, String> NOT_CALLED_BUT_NEEDED_EVERYWHERE =
      Map.of(
          "kms:Decrypt " + KEY,
          "Secrets Manager decrypts the secrets in the function's name",
          "xray:PutTraceSegments *",
          "Lambda sends the function's traces",
          "xray:PutTelemetryRecords *",
          "Lambda sends the function's traces");

  private static final Map<String, String> NOT_CALLED_BUT_NEEDED_BY_A_MIGRATION =
      Map.of(
          "s3:ListBucket arn:aws:s3:::<BackupBucket>",
          "else a missing object is 403 and not 404, and an upload that was deleted NOT_SENT",
          "kms:Decrypt <BackupKey.Arn>",
          "S3 decrypts the backup in the function's name",
          "kms:Decrypt " + KEYS + "*",
          "the same for a backup that was uploaded under an earlier key",
          "kms:GenerateDataKey " + KEY,
          "Secrets Manager encrypts a PIN that was made");

  private static Template template;

  @BeforeAll
  static void allThatCanBeSwitchedOn() {
    template =
        Template.with(
            Map.of(
                "TokenSecretId", "shared-token", "SecretsKeyArn", KEY, "BackupPrefix", "backups/"));
  }

  @Test
  void theCodeCallsNoOtherOperation() throws IOException {
    assertThat(operationsInTheCode()).isEqualTo(new TreeSet<>(CALLS.keySet()));
    assertThat(
            Stream.of(
                    CALLED_EVERYWHERE,
                    CALLED_BY_A_MIGRATION,
                    ownOf("Migrate"),
                    ownOf("Api"),
                    ownOf("Sweep"),
                    ownOf("Fleet"))
                .flatMap(it -> it.keySet().stream())
                .map(it -> it.substring(0, it.indexOf(' '))))
        .as("what this test says to be called")
        .containsAll(CALLS.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Migrate", "BackupUploaded", "Api"})
  void aFunctionThatMigratesMayDoThisAndNoMore(String function) {
    assertThat(allowed(function))
        .isEqualTo(
            all(
                List.of(
                    CALLED_EVERYWHERE,
                    CALLED_BY_A_MIGRATION,
                    NOT_CALLED_BUT_NEEDED_EVERYWHERE,
                    NOT_CALLED_BUT_NEEDED_BY_A_MIGRATION,
                    log(function),
                    ownOf(function))));
  }

  @Test
  void sweepMayDoThisAndNoMore() {
    assertThat(allowed("Sweep"))
        .isEqualTo(
            all(
                List.of(
                    CALLED_EVERYWHERE,
                    NOT_CALLED_BUT_NEEDED_EVERYWHERE,
                    log("Sweep"),
                    ownOf("Sweep"))));
  }

  @Test
  void brakeMayDoThisToItsOwnItemAndNoMore() {
    Map<String, String> tracing =
        Map.of(
            "xray:PutTraceSegments *", "Lambda sends the function's traces",
            "xray:PutTelemetryRecords *", "Lambda sends the function's traces");

    assertThat(allowed("Brake")).isEqualTo(all(List.of(tracing, log("Brake"), ownOf("Brake"))));
    assertThat(
            statements(template, "BrakeRole")
                .filter(it -> texts(it, "Action").get(0).startsWith("dynamodb")))
        .singleElement()
        .satisfies(
            it ->
                assertThat(
                        texts(
                            it.at("/Condition/ForAllValues:StringEquals"), "dynamodb:LeadingKeys"))
                    .containsExactly("#brake"));
  }

  @Test
  void fleetMayReadTheLedgerAndItsOwnBucketAndNoMore() {
    Map<String, String> tracing =
        Map.of(
            "xray:PutTraceSegments *", "Lambda sends the function's traces",
            "xray:PutTelemetryRecords *", "Lambda sends the function's traces");

    assertThat(allowed("Fleet")).isEqualTo(all(List.of(tracing, log("Fleet"), ownOf("Fleet"))));
  }

  /** The name that it has, and no reference to it, which would be a circle. */
  @Test
  void theMachineMayInvokeTwoFunctionsAndRunItselfAndNoMore() {
    String name = template.properties("FleetMachine").path("StateMachineName").asText();
    String states = "arn:aws:states:eu-central-1:123456789012:";
    String rows = states + "execution:" + name + "/Rows:*";
    String runs = states + "execution:" + name + ":*";
    Map<String, String> reasons =
        Map.ofEntries(
            Map.entry("lambda:InvokeFunction <Fleet.Arn>", "what comes next"),
            Map.entry("lambda:InvokeFunction <Migrate.Arn>", "each row"),
            Map.entry("states:StartExecution " + states + "stateMachine:" + name, "each row"),
            Map.entry("states:DescribeExecution " + runs, "the rows at work"),
            Map.entry("states:DescribeExecution " + rows, "the rows at work"),
            Map.entry("states:StopExecution " + runs, "the rows at work, when it ends early"),
            Map.entry("states:StopExecution " + rows, "the rows at work, when it ends early"),
            Map.entry("s3:GetObject <FleetBucket.Arn>/runs/*", "the list of a stage"),
            Map.entry("s3:PutObject <FleetBucket.Arn>/runs/*", "what the Map Run keeps"),
            Map.entry("s3:ListMultipartUploadParts <FleetBucket.Arn>/runs/*", "the same"),
            Map.entry("s3:AbortMultipartUpload <FleetBucket.Arn>/runs/*", "the same"),
            Map.entry("xray:PutTraceSegments *", "Step Functions sends its traces"),
            Map.entry("xray:PutTelemetryRecords *", "Step Functions sends its traces"),
            Map.entry("xray:GetSamplingRules *", "Step Functions sends its traces"),
            Map.entry("xray:GetSamplingTargets *", "Step Functions sends its traces"));

    assertThat(allowed(template, "FleetMachine", "RoleArn")).isEqualTo(all(List.of(reasons)));
    assertThat(name).hasSizeLessThanOrEqualTo(80).startsWith("number-ferry-fleet-");
  }

  @Test
  void onAnExistingLedgerTheyMayDoTheSame() {
    Template existing = Template.with(Map.of("ExistingLedger", "ledger-of-ours"));

    for (String function : List.of("Migrate", "BackupUploaded", "Api", "Sweep", "Brake", "Fleet")) {
      assertThat(onTheLedger(existing, function))
          .as(function)
          .isNotEmpty()
          .isEqualTo(
              onTheLedger(Template.with(Map.of()), function).stream()
                  .map(it -> it.replace("<Ledger.Arn>", TABLES + "ledger-of-ours"))
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private static Set<String> onTheLedger(Template of, String function) {
    return allowed(of, function).stream()
        .filter(it -> it.startsWith("dynamodb:"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Also those that they had before the parameter of the key was changed. */
  @ParameterizedTest
  @ValueSource(strings = {"Migrate", "BackupUploaded", "Api"})
  void anyKeyOfTheAccountServesForTheBackupsOfThisBucketAndForNothingElse(String function) {
    Template existing =
        Template.with(Map.of("ExistingBackupBucket", "backups-of-ours", "BackupPrefix", "done/"));

    for (Template of : List.of(template, existing)) {
      String bucket = "arn:aws:s3:::" + (of == existing ? "backups-of-ours" : "<BackupBucket>");
      String prefix = of == existing ? "/done/*" : "/backups/*";
      assertThat(
              statements(of, function + "Role")
                  .filter(it -> texts(it, "Resource").contains(KEYS + "*")))
          .singleElement()
          .satisfies(
              it -> {
                assertThat(texts(it, "Action")).containsExactly("kms:Decrypt");
                assertThat(it.at("/Condition/StringEquals").path("kms:ViaService").asText())
                    .isEqualTo("s3.eu-central-1.amazonaws.com");
                assertThat(
                        texts(it.at("/Condition/StringLike"), "kms:EncryptionContext:aws:s3:arn"))
                    .containsExactly(bucket, bucket + prefix);
              });
    }
  }

  @Test
  void aKeyServesOnlyThroughItsService() {
    assertThat(
            statements(template, "MigrateRole")
                .filter(it -> texts(it, "Action").get(0).startsWith("kms")))
        .hasSize(4)
        .allSatisfy(
            it ->
                assertThat(it.at("/Condition/StringEquals").path("kms:ViaService").asText())
                    .matches("(s3|secretsmanager)\\.eu-central-1\\.amazonaws\\.com"));
  }

  @Test
  void withoutParametersThereIsNoSharedTokenAndNoKeyOfTheSecrets() {
    assertThat(allowed(Template.with(Map.of()), "Migrate"))
        .noneMatch(it -> it.contains("shared-token") || it.contains(KEY))
        .contains("kms:Decrypt <BackupKey.Arn>");
  }

  @Test
  void everyPartThatIsTrustedIsNamed() {
    assertThat(template.ofType("AWS::IAM::Role"))
        .containsExactly(
            "ApiRole",
            "BackupUploadedRole",
            "BrakeRole",
            "FleetMachineRole",
            "FleetRole",
            "MigrateRole",
            "SweepEvery5MinutesRole",
            "SweepRole");
    assertThat(
            template.ofType("AWS::IAM::Role").stream()
                .flatMap(it -> texts(template.properties(it), "ManagedPolicyArns").stream()))
        .isEmpty();
    assertThat(
            template
                .properties("SweepEvery5MinutesRole")
                .at("/Policies/0/PolicyDocument")
                .findValues("Resource"))
        .map(JsonNode::asText)
        .containsExactly("<Sweep.Arn>");
    assertThat(template.ofType("AWS::Lambda::Permission"))
        .allSatisfy(
            it ->
                assertThat(template.properties(it).path("SourceArn").asText())
                    .startsWith("arn:aws:execute-api:eu-central-1:123456789012:<HttpApi>/"));
  }

  private static Map<String, String> ownOf(String function) {
    return switch (function) {
      case "Migrate" ->
          Map.of(
              "sqs:ReceiveMessage <Migrations.Arn>", "the event source",
              "sqs:DeleteMessage <Migrations.Arn>", "the event source",
              "sqs:GetQueueAttributes <Migrations.Arn>", "the event source",
              "sqs:ChangeMessageVisibility <Migrations.Arn>", "called: when a message comes back",
              "sqs:SendMessage <FailedEvents.Arn>", "Lambda puts failed asynchronous events there");
      case "BackupUploaded" ->
          Map.of(
              "sqs:ReceiveMessage <Uploads.Arn>", "the event source",
              "sqs:DeleteMessage <Uploads.Arn>", "the event source",
              "sqs:GetQueueAttributes <Uploads.Arn>", "the event source",
              "sqs:ChangeMessageVisibility <Uploads.Arn>", "called: when a message comes back");
      case "Api" -> Map.of("sqs:SendMessage <Migrations.Arn>", "called: Prefer: respond-async");
      case "Brake" ->
          Map.of(
              "dynamodb:GetItem <Ledger.Arn>", "called: the brake",
              "dynamodb:PutItem <Ledger.Arn>", "called: the brake",
              "sns:Publish <ResultTopic>", "called: that somebody has engaged it");
      case "Fleet" ->
          Map.of(
              "s3:GetObject <FleetBucket.Arn>/manifests/*", "called: the manifest",
              "s3:GetObject <FleetBucket.Arn>/runs/*", "called: what was decided before",
              "s3:PutObject <FleetBucket.Arn>/runs/*", "called: lists and reports",
              "s3:ListBucket <FleetBucket.Arn>", "else a missing object is 403 and not 404",
              "dynamodb:BatchGetItem <Ledger.Arn>", "called: what became of each number");
      case "Sweep" ->
          Map.of(
              "dynamodb:Query <Ledger.Arn>/index/due", "called: what is due",
              "dynamodb:DescribeTable <Ledger.Arn>", "called: whether it is a ledger");
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static Map<String, String> log(String function) {
    String group = LOGS + "<" + function + "Log>:*";
    return Map.of(
        "logs:CreateLogStream " + group, "Lambda writes the function's log",
        "logs:PutLogEvents " + group, "Lambda writes the function's log");
  }

  private static Set<String> all(List<Map<String, String>> reasons) {
    return reasons.stream()
        .flatMap(it -> it.keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> allowed(String function) {
    return allowed(template, function);
  }

  private static Set<String> allowed(Template of, String function) {
    return allowed(of, function, "Role");
  }

  /** Each action with the resource that it is allowed on. */
  private static Set<String> allowed(Template of, String id, String property) {
    assertThat(of.properties(id).path(property).asText()).isEqualTo("<" + id + "Role.Arn>");
    return statements(of, id + "Role")
        .flatMap(
            it ->
                texts(it, "Action").stream()
                    .flatMap(action -> texts(it, "Resource").stream().map(on -> action + " " + on)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JsonNode> statements(Template of, String role) {
    Stream<JsonNode> own = stream(of.properties(role).path("Policies"));
    Stream<JsonNode> attached =
        of.ofType("AWS::IAM::Policy").stream()
            .map(of::properties)
            .filter(it -> texts(it, "Roles").contains("<" + role + ">"));
    return Stream.concat(own, attached)
        .flatMap(it -> stream(it.at("/PolicyDocument/Statement")))
        .peek(it -> assertThat(it.path("Effect").asText()).isEqualTo("Allow"));
  }

  private static List<String> texts(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual()
        ? List.of(value.asText())
        : stream(value).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Set<String> operationsInTheCode() throws IOException {
    Map<String, Set<String>> operations = new TreeMap<>();
    for (Class<?> client :
        List.of(
            DynamoDbClient.class,
            S3Client.class,
            SecretsManagerClient.class,
            SnsClient.class,
            SqsClient.class)) {
      operations.put(
          client.getName(),
          Arrays.stream(client.getMethods())
              .filter(it -> it.getParameterCount() > 0)
              .filter(it -> !Modifier.isStatic(it.getModifiers()))
              .map(Method::getName)
              .collect(Collectors.toSet()));
    }
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        String code = Files.readString(file);
        for (var imported : IMPORTED_CLIENT.matcher(code).results().toList()) {
          assertThat(operations)
              .as("clients, as " + file + " needs them")
              .containsKey(imported.group(1));
          CALL.matcher(code)
              .results()
              .map(it -> it.group(1))
              .filter(operations.get(imported.group(1))::contains)
              .forEach(found::add);
        }
      }
    }
    return found;
  }
}
