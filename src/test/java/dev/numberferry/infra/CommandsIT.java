package dev.numberferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.docs.Command;
import dev.numberferry.docs.CommandList;
import dev.numberferry.docs.CommandList.Entry;
import dev.numberferry.docs.Page;
import dev.numberferry.standin.Moto;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The commands of the pages that {@code commands.txt} gives to this test, as they stand in their
 * blocks: with AWS CLI 1, against moto, on one stack of the template. The last page takes it down.
 */
@Needs({Tool.MOTO, Tool.SAM_TRANSLATOR, Tool.AWS_CLI, Tool.AWS_CLI_OF_PYTHON, Tool.JQ})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class CommandsIT {

  private static final String BACKUP_KEY = Sample.NUMBER + "/backup.json";

  @TempDir private static Path folder;
  private Moto moto;
  private AwsShell shell;

  @BeforeAll
  void start() throws Exception {
    moto = Moto.start();
    AwsCli aws = new AwsCli(moto);
    aws.create("number-ferry", folder, Map.of());
    shell = new AwsShell(Files.createDirectory(folder.resolve("shell")), aws);
    Path work = shell.work();
    Path event = Path.of("infra", "events", "direct.json");
    Files.createDirectories(work.resolve(event).getParent());
    Files.copy(event, work.resolve(event));
    Files.writeString(Files.createDirectory(work.resolve("target")).resolve("function.zip"), "zip");
    Files.writeString(work.resolve("backup.json"), "{}");
  }

  @AfterAll
  void stop() {
    moto.close();
    shell.close();
  }

  @Test
  @Order(1)
  void operation() throws Exception {
    Blocks page = new Blocks("docs/operation.md");
    page.run("output() {");
    readOutputsOnce();
    send("MigrationsQueueUrl");
    page.run("aws sqs purge-queue");
    assertThat(waiting("MigrationsQueueUrl")).isZero();

    page.run("aws lambda put-function-concurrency");
    assertThat(page.run("aws cloudformation update-stack")).contains("StackId");
    page.runFromText("aws cloudformation wait");
    assertThat(page.run("[StackStatus,")).isEqualTo("UPDATE_COMPLETE\ttrue");
    page.run("aws lambda delete-function-concurrency");

    assertThat(page.invoke("aws lambda invoke")).contains("StatusCode");
    assertThat(page.run("aws dynamodb get-item")).isEqualTo("None");
    assertThat(page.run("for name in FailedMigrationsUrl").lines()).hasSize(3);

    send("FailedEventsUrl");
    page.run("jq -ej");
    assertThat(waiting("FailedEventsUrl")).isZero();
    assertThat(waiting("MigrationsQueueUrl")).isOne();

    assertThat(page.run("aws cloudwatch describe-alarms")).isEmpty();
    Files.writeString(shell.work().resolve("calls.txt"), "fields @message");
    assertThat(page.runFrom("id=$(", "aws logs describe-query-definitions")).contains("status");
    page.assertAllRun();
  }

  @Test
  @Order(2)
  void events() throws Exception {
    Blocks page = new Blocks("docs/events.md");
    page.run("/" + BACKUP_KEY);
    page.run("--metadata phone-number-id");
    assertThat(keys("number-ferry-backups-")).containsExactly(BACKUP_KEY, "incoming/backup.json");

    int before = waiting("MigrationsQueueUrl");
    page.run("aws sqs send-message");
    assertThat(waiting("MigrationsQueueUrl")).isEqualTo(before + 1);
    page.invoke("aws lambda invoke");
    page.assertAllRun();
  }

  @Test
  @Order(3)
  void fleet() throws Exception {
    Blocks page = new Blocks("docs/fleet.md");
    Files.writeString(shell.work().resolve("numbers.csv"), "phoneNumberId\n");
    Files.writeString(shell.work().resolve("rows.json"), "[{\"phoneNumberId\": \"1\"}]");
    page.run("aws s3 cp numbers.csv");
    assertThat(page.run("aws stepfunctions describe-execution")).contains("RUNNING");
    page.invoke("--payload '{\"run\": \"first\", \"order\"");
    int before = waiting("MigrationsQueueUrl");
    page.run("del(.dryRun)' rows.json");
    assertThat(waiting("MigrationsQueueUrl")).isEqualTo(before + 1);
    page.assertAllRun();
  }

  @Test
  @Order(4)
  void results() throws Exception {
    Blocks page = new Blocks("docs/results.md");
    shell.run("QUEUE_ARN=$(output UploadsQueueArn)");
    page.run("aws sns subscribe");
    shell.run(
        "SUBSCRIPTION_ARN=$(aws sns list-subscriptions --query"
            + " \"Subscriptions[?Endpoint=='$QUEUE_ARN'].SubscriptionArn\" --output text)");
    page.run("aws sns set-subscription-attributes");
    page.invoke("aws lambda invoke");
    page.assertAllRun();
  }

  @Test
  @Order(5)
  void runbook() throws Exception {
    Blocks page = new Blocks("docs/runbook.md");
    page.run("alarms() {");
    readOutputsOnce();
    assertThat(shell.run("alarms")).isEmpty();
    assertThat(shell.run("ledger " + Sample.NUMBER)).isEqualTo("\"not known\"");
    assertThat(shell.run("lines '\"Ended: NOT_SENT\"'")).isEmpty();
    assertThat(shell.run("queue UploadsQueueUrl")).matches("\\d+\\s+\\d+");
    assertThat(shell.run("ways").lines().filter(it -> it.endsWith("\tEnabled"))).hasSize(2);
    simple(() -> shell.run("brake; sweep"));

    page.run("CodeSha256,LastModified");
    assertThat(page.run("aws dynamodb list-tables")).startsWith("number-ferry-Ledger-");
    send("FailedEventsUrl");
    assertThat(page.run("aws sqs receive-message")).isEqualTo("{}");
    assertThat(page.run("aws sns list-subscriptions-by-topic")).startsWith("sqs");
    page.assertAllRun();
  }

  @Test
  @Order(6)
  void install() throws Exception {
    Blocks page = new Blocks("docs/install.md");
    page.run("output() {");
    readOutputsOnce();
    page.run("aws sns subscribe");
    assertThat(page.run("[OutputKey,OutputValue]' --output text", it -> !it.contains(">")))
        .contains("LedgerTable");
    secret();
    page.runFrom("aws secretsmanager", "aws secretsmanager create-secret");
    assertThat(shell.work().resolve("secret.json")).doesNotExist();
    secret();
    page.run("aws secretsmanager put-secret-value");
    page.invoke("--payload file://dry-run.json");
    page.run("/" + BACKUP_KEY);
    page.run("--consistent-read");
    page.run("CodeSha256");

    page.run("BUCKET=$(output");
    page.run("for queue in");
    assertThat(page.run("--index-name due")).isEmpty();
    page.run("aws cloudformation delete-stack");
    assertThat(page.run("aws s3api list-buckets")).contains("Ledger", "number-ferry-backups-");
    page.run("aws s3api put-bucket-notification-configuration");
    page.run("aws s3api delete-objects");
    assertThat(keys("number-ferry-backups-")).isEmpty();
    shell.run("aws logs create-log-group --log-group-name NAME");
    page.run("aws logs delete-log-group");
    page.run("aws secretsmanager delete-secret");
    page.run("aws dynamodb delete-table");
    assertThat(shell.run("aws dynamodb list-tables --output text")).doesNotContain("Ledger");
    page.assertAllRun();
  }

  /** The page's own command is run once: the others need it fifty times. */
  private void readOutputsOnce() throws Exception {
    String table = shell.run("output LedgerTable");
    Path outputs = folder.resolve("outputs");
    shell.run(
        "aws cloudformation describe-stacks --stack-name \"$STACK\" --output text"
            + " --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]' > "
            + outputs);
    shell.run("output() { sed -n \"s/^$1\\t//p\" %s; }".formatted(outputs));
    assertThat(shell.run("output LedgerTable")).isNotEmpty().isEqualTo(table);
  }

  private void secret() throws Exception {
    Files.writeString(shell.work().resolve("secret.json"), "{}");
  }

  /** Puts an empty event on a queue. */
  private void send(String output) throws Exception {
    String url = shell.run("output " + output);
    try (SqsClient sqs = moto.client(SqsClient.builder())) {
      sqs.sendMessage(it -> it.queueUrl(url).messageBody("{}"));
    }
  }

  private int waiting(String output) throws Exception {
    String url = shell.run("output " + output);
    try (SqsClient sqs = moto.client(SqsClient.builder())) {
      return Integer.parseInt(
          sqs.getQueueAttributes(
                  it ->
                      it.queueUrl(url)
                          .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
              .attributes()
              .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }
  }

  private List<String> keys(String bucket) {
    try (S3Client s3 = moto.client(S3Client.builder())) {
      return s3.listBuckets().buckets().stream()
          .filter(it -> it.name().startsWith(bucket))
          .flatMap(
              it ->
                  s3.listObjectsV2(list -> list.bucket(it.name())).contents().stream()
                      .map(S3Object::key))
          .toList();
    }
  }

  /** What can be run. */
  private interface Run {
    String get() throws Exception;
  }

  /** Moto's functions answer without Docker then; what the stack has made it does not find. */
  private String simple(Run run) throws Exception {
    configure("{\"lambda\": {\"use_docker\": false}}");
    try {
      return run.get();
    } finally {
      configure("{\"lambda\": {\"use_docker\": true}}");
    }
  }

  private void configure(String config) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(moto.url() + "/moto-api/config"))
            .POST(HttpRequest.BodyPublishers.ofString(config))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(201);
  }

  /** The blocks of a page. */
  private final class Blocks {

    private final Page page;
    private final List<String> run = new ArrayList<>();
    private final int before;

    Blocks(String path) throws Exception {
      page = Page.read(Path.of(path));
      before = shell.calls().size();
    }

    /** Runs the one block that has such words, and answers what it prints. */
    String run(String words) throws Exception {
      return run(words, it -> true);
    }

    String run(String words, Predicate<String> which) throws Exception {
      String block = block(words, which);
      run.add(block);
      return shell.run(block);
    }

    /** The same, from where other words stand in it. */
    String runFrom(String first, String words) throws Exception {
      String block = block(words, it -> true);
      String rest = block.substring(block.indexOf(first));
      run.add(rest);
      return shell.run(rest);
    }

    /** Runs what stands in a sentence. */
    void runFromText(String words) throws Exception {
      List<Command> found =
          Command.of(page).stream().filter(it -> it.text().startsWith(words)).toList();
      assertThat(found).hasSize(1);
      run.add(found.get(0).text());
      shell.run(found.get(0).text());
    }

    /** The same, for one that invokes a function. */
    String invoke(String words) throws Exception {
      return simple(() -> run(words));
    }

    /** What the list says of this test, and what the CLI was really called for. */
    void assertAllRun() throws Exception {
      List<Entry> mine =
          CommandList.read().stream()
              .filter(it -> it.command().page().equals(page.toString()))
              .filter(it -> it.runBy().equals(CommandsIT.class.getSimpleName()))
              .toList();
      List<String> commands = run.stream().flatMap(Command::in).toList();
      List<String> calls = shell.calls().subList(before, shell.calls().size());

      assertThat(mine).isNotEmpty();
      assertThat(mine.stream().map(it -> it.command().text())).isSubsetOf(commands);
      assertThat(mine.stream().map(it -> operation(it.command()))).isSubsetOf(calls);
    }

    private String block(String words, Predicate<String> which) {
      List<String> found =
          page.blocks().stream()
              .filter(it -> List.of("", "sh").contains(it.language()))
              .map(Page.Block::text)
              .filter(it -> it.contains(words) && which.test(it))
              .toList();
      assertThat(found).as("%s: %s", page, words).hasSize(1);
      return found.get(0);
    }

    private static String operation(Command command) {
      return String.join(" ", Stream.of(command.text().split(" ")).skip(1).limit(2).toList());
    }
  }
}
