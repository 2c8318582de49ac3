package dev.numberferry.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code infra/smoke} with stand-ins for {@code aws} and {@code curl}. Why it cannot call {@code
 * register}: no secret is where its stack may read one, and {@code SecretsTest} shows what comes of
 * that. What can be a dry run is one as well.
 */
class SmokeTest {

  /** Keeps each call and what it sends, and plays the stack. */
  private static final String AWS =
      """
      #!/usr/bin/env bash
      set -eu
      state=$(dirname "$0")/state
      call="$*"
      echo "$call" >>"$state/calls"
      [[ $call != "cloudformation deploy "* ]] || echo "$4" >"$state/name"
      sent() { cp "${1#file*://}" "$state/sent-$2"; }
      interrupt() { [[ ! -s $state/signal ]] || kill -s "$(cat "$state/signal")" "$PPID"; }
      refuse() { echo "An error occurred ($1)" >&2; exit 254; }
      if [[ -s $state/denied ]] && grep -qEf "$state/denied" <<<"$call"; then
        refuse AccessDenied
      fi
      case $call in
        "sts "*) echo 123456789012 ;;
        "s3 cp "*) sent "$3" "$(basename "$4")" ;;
        "cloudformation deploy "*) sent "$6" template; interrupt ;;
        "cloudformation delete-stack "*) interrupt ;;
        *"Stacks[0].StackId"*)
          [[ -s $state/name ]] || refuse "ValidationError: $4 does not exist"
          echo "arn:stack/$(cat "$state/name")/1"
          ;;
        *"'TopicArn'"*) echo arn:aws:sns:eu-central-1:123456789012:results ;;
        *"'FunctionArn'"*) echo arn:aws:lambda:eu-central-1:123456789012:function:migrate-1 ;;
        *"'FunctionName'"*) echo migrate-1 ;;
        *"'BackupBucketName'"*) echo backups-1 ;;
        *"'MigrationsQueueUrl'"*) echo https://sqs/migrations-1 ;;
        *"'MigrationsUrl'"*) echo https://api-1/migrations ;;
        "sqs create-queue "*) echo https://sqs/results-1; sent "$6" queue ;;
        "lambda invoke "*) sent "$8" invoke; cp "$state/answer" "$9" ;;
        "sqs send-message "*) sent "$6" queue-event ;;
        "sqs get-queue-url "*)
          grep -q "^sqs create-queue " "$state/calls" || refuse AWS.SimpleQueueService.NonExistentQueue
          echo https://sqs/results-1
          ;;
        "sqs receive-message "*)
          if [[ $(grep -c "^s3 cp .*/backup.json " "$state/calls") -lt $(cat "$state/uploads") ]]; then
            echo None
          else
            sed "s/STACK/$(cat "$state/name")/g" "$state/heard"
          fi
          ;;
        *" list-stack-resources "*)
          printf '%s\\t%s\\n' AWS::S3::Bucket backups-1 AWS::SQS::Queue migrations-1 \\
            AWS::DynamoDB::Table ledger-1 AWS::KMS::Key key-1 AWS::Logs::LogGroup log-1 \\
            AWS::Logs::LogGroup None AWS::S3::Bucket None
          ;;
        *" list-object-versions "*)
          [[ -f $state/emptied ]] || echo '{"Objects": [{"Key": "a", "VersionId": "b"}]}'
          ;;
        *" delete-objects "*) touch "$state/emptied" ;;
      esac
      """;

  /** Keeps its arguments, what it sends, and the configuration that comes by its input. */
  private static final String CURL =
      """
      #!/usr/bin/env bash
      state=$(dirname "$0")/state
      echo "curl $*" >>"$state/calls"
      cat >"$state/curl-config"
      cp "$state/answer" "$4"
      for word; do [[ $word != @* ]] || cp "${word#@}" "$state/sent-request"; done
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STACK = Pattern.compile("number-ferry-smoke-\\d{8}-\\d{6}-\\d+");

  /** Where the tests themselves run without signals, as under nohup, a shell could trap none. */
  private static final List<String> WITH_SIGNALS =
      System.getProperty("os.name").equals("Linux")
          ? List.of("env", "--default-signal=HUP,INT,TERM")
          : List.of();

  private static final List<String> DRY = List.of("10000000001", "10000000002", "10000000003");
  private static final String UPLOADED = "10000000004";

  /** What the stack has kept is known only when it is deleted, and then by its id. */
  private static final String KEPT =
      "cloudformation list-stack-resources --stack-name arn:stack/STACK/1 --output text --query"
          + " StackResourceSummaries[?ResourceStatus=='DELETE_SKIPPED']"
          + ".[ResourceType,PhysicalResourceId]";

  /** In this order. */
  private static final String[] REMOVED = {
    "cloudformation delete-stack --stack-name arn:stack/STACK/1",
    "cloudformation wait stack-delete-complete --stack-name arn:stack/STACK/1",
    KEPT,
    "s3api delete-bucket --bucket backups-1",
    "dynamodb delete-table --table-name ledger-1",
    "kms schedule-key-deletion --key-id key-1 --pending-window-in-days 7",
    "logs delete-log-group --log-group-name log-1",
    "s3 rb s3://STACK-123456789012 --force"
  };

  private record Ended(int code, String told) {}

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void anAccount() throws IOException {
    environment.putAll(
        Map.of(
            "PATH", folder + File.pathSeparator + System.getenv("PATH"),
            "AWS_ACCESS_KEY_ID", "AKIA",
            "AWS_SECRET_ACCESS_KEY", "s3cr3t",
            "AWS_SESSION_TOKEN", "t0ken"));
    Files.createDirectory(folder.resolve("state"));
    Files.writeString(folder.resolve("function.zip"), "zip");
    program("aws", AWS);
    program("curl", CURL);
    Files.writeString(folder.resolve("state").resolve("answer"), "{\"title\":\"NOT_READY\"}");
    Files.writeString(folder.resolve("state").resolve("uploads"), "1");
    hears(DRY.get(0), DRY.get(1), DRY.get(2), UPLOADED);
  }

  @Test
  void eachWayIsTriedAndAllIsRemoved() throws Exception {
    Ended smoke = run();

    assertThat(smoke.code()).as(smoke.told()).isZero();
    assertThat(smoke.told())
        .contains("invoke: NOT_READY", "queue: NOT_READY", "request: NOT_READY")
        .contains("upload: INVALID", "WORKS");
    assertThat(calls())
        .containsSubsequence(REMOVED)
        .contains("sqs delete-queue --queue-url https://sqs/results-1")
        .noneMatch(it -> it.contains(" None"));
    assertThat(uploads()).hasSize(1);
  }

  /** A bucket that is new tells of no upload for some minutes. */
  @Test
  void anUploadThatIsNotHeardComesAgain() throws Exception {
    Files.writeString(folder.resolve("state").resolve("uploads"), "3");

    assertThat(run().told()).contains("upload: INVALID", "WORKS");
    assertThat(uploads()).hasSize(3);
  }

  @Test
  void anUploadThatCameAgainSaysNothingOfTheWay() throws Exception {
    String superseded =
        "{\"phoneNumberId\":\"10000000004\",\"status\":\"WITHHELD\",\"reason\":\"SUPERSEDED\"}";
    Files.writeString(folder.resolve("state").resolve("heard"), superseded + "\t" + state("heard"));

    assertThat(run().told()).contains("upload: INVALID", "WORKS");
  }

  /** Else a round hears what an earlier one has heard. */
  @Test
  void aMessageIsHeardOnce() throws Exception {
    run();

    assertThat(JSON.readTree(state("sent-queue")).path("VisibilityTimeout").asInt())
        .isEqualTo(3600);
  }

  @Test
  void whatCanBeADryRunIsOne() throws Exception {
    run();

    List<String> numbers = new ArrayList<>();
    for (String way : List.of("invoke", "queue-event", "request")) {
      JsonNode event = JSON.readTree(state("sent-" + way));
      assertThat(event.path("dryRun")).as(way).isEqualTo(JSON.getNodeFactory().booleanNode(true));
      assertThat(event.at("/backup/key").asText()).isEqualTo(UPLOADED + "/backup.json");
      numbers.add(event.path("phoneNumberId").asText());
    }
    assertThat(numbers).isEqualTo(DRY);
    assertThat(calls().stream().filter(it -> it.matches("(lambda invoke|sqs send-|curl ).*")))
        .hasSize(3);
  }

  /** Nothing but an upload can be none, and that finds no secret. */
  @Test
  void itsStackHasNoSecret() throws Exception {
    run();

    List<String> deploys = calls().stream().filter(it -> it.contains(" deploy ")).toList();
    assertThat(deploys)
        .singleElement()
        .asString()
        .endsWith(
            " --parameter-overrides Architecture=x86_64 SecretPrefix=STACK/"
                + " LedgerDeletionProtection=false");
    assertThat(calls()).noneMatch(it -> it.contains("secretsmanager") || it.startsWith("ssm "));
    assertThat(state("sent-template")).doesNotContain("SecretString", "AWS::SecretsManager");
  }

  /** As the template has it: only under the prefix, and the shared token, which it is not given. */
  @Test
  void andNoOtherSecretCanBeRead() {
    assertThat(TemplateText.found("\\$\\{AWS::AccountId}:secret:([^\"]+)\""))
        .isNotEmpty()
        .containsOnly("${SecretPrefix}*", "${TokenSecretId}-??????");
    assertThat(TemplateText.found("(?s)\n  TokenSecretId:.*?Default: (\\S+)\n").get(0))
        .isEqualTo("\"\"");
  }

  @Test
  void whatItDeploysIsTheTemplateWithItsTwoFiles() throws Exception {
    run();

    String bucket = "s3://STACK-123456789012/";
    assertThat(withoutName(state("sent-template")))
        .isEqualTo(
            Files.readString(Path.of("infra", "template.yaml"))
                .replace("../target/function.zip", bucket + "function.zip")
                .replace("DefinitionUri: fleet", "DefinitionUri: " + bucket + "fleet"))
        .doesNotContain("CodeUri: ..");
  }

  @Test
  void noCredentialStandsInACommand() throws Exception {
    run();

    assertThat(calls()).noneMatch(it -> it.contains("s3cr3t") || it.contains("t0ken"));
    assertThat(state("curl-config"))
        .isEqualTo("user = \"AKIA:s3cr3t\"\nheader = \"x-amz-security-token: t0ken\"\n");
  }

  @ParameterizedTest
  @CsvSource({
    "cloudformation deploy, 254",
    "sqs create-queue, 254",
    "lambda invoke, 1",
    "s3 cp .*backup.json, 1",
  })
  void whateverFailsAllIsRemoved(String denied, int code) throws Exception {
    Files.writeString(folder.resolve("state").resolve("denied"), denied + "\n");

    Ended smoke = run();

    assertThat(smoke.code()).as(smoke.told()).isEqualTo(code);
    assertThat(smoke.told()).contains(code == 1 ? "NOT ALL WENT WELL" : "BROKEN OFF");
    assertThat(calls()).containsSubsequence(REMOVED);
  }

  @Test
  void aQueueIsRemovedAlsoWhereItsUrlWasNotTold() throws Exception {
    Files.writeString(folder.resolve("state").resolve("denied"), "create-queue\n");

    run();

    assertThat(calls())
        .contains(
            "sqs get-queue-url --queue-name STACK-results --query QueueUrl --output text",
            "sqs delete-queue --queue-url https://sqs/results-1");
  }

  @Test
  void whereThereIsNoStackNothingIsKept() throws Exception {
    Files.writeString(folder.resolve("state").resolve("denied"), "s3 mb\n");

    assertThat(run().told()).contains("BROKEN OFF").doesNotContain("WORKS", "NOT ALL WENT WELL");
    assertThat(calls()).noneMatch(it -> it.contains("list-stack-resources"));
  }

  /** The first comes while it deploys, and the second one while it removes. */
  @ParameterizedTest
  @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
  void whateverBreaksItOffAllIsRemoved(String signal, int code) throws Exception {
    Files.writeString(folder.resolve("state").resolve("signal"), signal);

    Ended smoke = run();

    assertThat(smoke.told()).contains("BROKEN OFF").doesNotContain("WORKS", "NOT ALL WENT WELL");
    assertThat(smoke.code()).isEqualTo(code);
    assertThat(calls())
        .containsSubsequence(REMOVED)
        .noneMatch(it -> it.startsWith("sns subscribe"));
  }

  @Test
  void whatTheStackKeepsAndNobodyCanReadIsNamed() throws Exception {
    Files.writeString(folder.resolve("state").resolve("denied"), "list-stack-resources\n");

    assertThat(run().told()).contains("- what the stack ", "AccessDenied").doesNotContain("WORKS");
  }

  @Test
  void whatCannotBeRemovedIsNamed() throws Exception {
    Files.writeString(
        folder.resolve("state").resolve("denied"), "delete-table\ndelete-log-group\n");

    Ended smoke = run();

    assertThat(smoke.code()).isOne();
    assertThat(smoke.told()).contains("   - table ledger-1\n", "   - log group log-1\n");
    assertThat(calls())
        .contains("kms schedule-key-deletion --key-id key-1 --pending-window-in-days 7");
  }

  @Test
  void aWayThatIsNotHeardIsNamed() throws Exception {
    hears(DRY.get(0), DRY.get(1), UPLOADED);

    Ended smoke = run();

    assertThat(smoke.code()).isOne();
    assertThat(smoke.told()).contains("- request: no result was heard").doesNotContain("WORKS");
    assertThat(calls()).containsSubsequence(REMOVED);
    assertThat(uploads()).hasSize(1);
  }

  @Test
  void anAnswerThatIsNoneOfARunIsShown() throws Exception {
    Files.writeString(folder.resolve("state").resolve("answer"), "{\"message\":\"Forbidden\"}");

    assertThat(run().told())
        .contains("- invoke: answered with {\"message\":\"Forbidden\"}", "- request: answered with")
        .doesNotContain("WORKS");
  }

  /** A run that ended otherwise tells why. */
  @Test
  void anotherResultIsShown() throws Exception {
    Files.writeString(
        folder.resolve("state").resolve("heard"),
        state("heard").replace("does not exist", "cannot be read"));

    assertThat(run().told())
        .contains("- upload: {\"phoneNumberId\":\"10000000004\"", "cannot be read")
        .doesNotContain("WORKS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "y"})
  void withoutAYesNothingIsDone(String answer) throws Exception {
    Ended smoke = run(List.of(), answer);

    assertThat(smoke.code()).isOne();
    assertThat(smoke.told()).contains("account 123456789012", "NOTHING WAS DONE");
    assertThat(calls()).containsExactly("sts get-caller-identity --query Account --output text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "curl"})
  void aCommandThatIsMissingIsNamed(String command) throws Exception {
    Files.delete(folder.resolve(command));
    for (String needed : List.of("dirname", "date")) {
      Files.createSymbolicLink(folder.resolve(needed), inPath(needed));
    }
    environment.put("PATH", folder.toString());

    Ended smoke = run();

    assertThat(smoke.code()).isOne();
    assertThat(smoke.told()).startsWith("There is no command " + command + ": ");
    assertThat(folder.resolve("state").resolve("calls")).doesNotExist();
  }

  @Test
  void whyThereAreNoCredentialsTheCliSaysItself() throws Exception {
    environment.keySet().removeIf(it -> it.startsWith("AWS_"));
    Files.writeString(folder.resolve("state").resolve("denied"), "export-credentials\n");

    assertThat(run().told()).containsSubsequence("(AccessDenied)", "Give the credentials in");
  }

  private static Path inPath(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(it -> Path.of(it, command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private void hears(String... numbers) throws IOException {
    List<String> all = new ArrayList<>();
    for (String number : numbers) {
      String status = number.equals(UPLOADED) ? "INVALID" : "NOT_READY";
      all.add(
          "{\"phoneNumberId\":\"%s\",\"status\":\"%s\",\"m\":\"secret STACK/%s does not exist\"}"
              .formatted(number, status, number));
    }
    Files.writeString(folder.resolve("state").resolve("heard"), String.join("\t", all) + "\n");
  }

  private Ended run() throws Exception {
    return run(List.of("--yes"), "");
  }

  private Ended run(List<String> options, String answer) throws Exception {
    List<String> command = new ArrayList<>(WITH_SIGNALS);
    command.addAll(List.of(inPath("bash").toString(), "infra/smoke"));
    command.addAll(options);
    command.add(folder.resolve("function.zip").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(it -> it.startsWith("AWS_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().write((answer + "\n").getBytes(UTF_8));
    process.getOutputStream().close();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), told);
  }

  private List<String> uploads() throws IOException {
    return calls().stream().filter(it -> it.matches("s3 cp .*/backup.json .*")).toList();
  }

  /** The calls, with STACK for the name that the script made. */
  private List<String> calls() throws IOException {
    return Stream.of(withoutName(state("calls")).split("\n")).toList();
  }

  private static String withoutName(String text) {
    return STACK.matcher(text).replaceAll(Matcher.quoteReplacement("STACK"));
  }

  private String state(String name) throws IOException {
    return Files.readString(folder.resolve("state").resolve(name));
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
