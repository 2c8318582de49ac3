package dev.numberferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.Sample;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FerryConfigCheckTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ferry.topic-arn, -, FERRY_TOPIC_ARN",
        "ferry.topic-arn, '', FERRY_TOPIC_ARN",
        "ferry.topic-arn, results, FERRY_TOPIC_ARN",
        "ferry.topic-arn, arn:aws:sns:eu-central-1:123456789012:results.fifo, FERRY_TOPIC_ARN",
        "ferry.secret-id, '', FERRY_SECRET_ID",
        "ferry.secret-id, whatsapp, FERRY_SECRET_ID",
        "ferry.secret-id, {phoneNumberId}, FERRY_SECRET_ID",
        "ferry.graph-version, '', FERRY_GRAPH_VERSION",
        "ferry.graph-version, 25, FERRY_GRAPH_VERSION",
        "ferry.ledger-table, -, FERRY_LEDGER_TABLE",
        "ferry.ledger-table, '', FERRY_LEDGER_TABLE",
        "ferry.ledger-table, arn:aws:dynamodb:table, FERRY_LEDGER_TABLE",
        "ferry.max-calls, five, FERRY_MAX_CALLS",
        "ferry.max-calls, '', FERRY_MAX_CALLS",
        "ferry.max-calls, 5.0, FERRY_MAX_CALLS",
        "ferry.max-calls, 99999999999, FERRY_MAX_CALLS",
        "ferry.brake-after, '', FERRY_BRAKE_AFTER",
        "ferry.brake-after, three, FERRY_BRAKE_AFTER",
        "ferry.brake-window, '', FERRY_BRAKE_WINDOW",
        "ferry.brake-window, an hour, FERRY_BRAKE_WINDOW",
        "ferry.function-timeout, 85 seconds, FERRY_FUNCTION_TIMEOUT",
        "ferry.longest-run, 1:30, FERRY_LONGEST_RUN",
        "ferry.longest-run, 9223372036854775807h, FERRY_LONGEST_RUN",
        "ferry.reconcile-for, soon, FERRY_RECONCILE_FOR",
        "ferry.ledger-ttl, 400 days, FERRY_LEDGER_TTL",
        "ferry.ledger-ttl, '', FERRY_LEDGER_TTL",
        "ferry.secret-id, 'whatsapp/{phoneNumberId} ', FERRY_SECRET_ID",
        "ferry.secret-id, whatsapp/{{phoneNumberId}}, FERRY_SECRET_ID",
        "ferry.secret-id, whatsapp/*/{phoneNumberId}, FERRY_SECRET_ID",
        "ferry.token-secret-id, 'shared token', FERRY_TOKEN_SECRET_ID",
        "ferry.token-secret-id, shared/*, FERRY_TOKEN_SECRET_ID",
        "ferry.stack, number ferry, FERRY_STACK",
        "ferry.stack, 1-ferry, FERRY_STACK",
        "ferry.backup-bucket, arn:aws:s3:::number-ferry-backups, FERRY_BACKUP_BUCKET",
        "ferry.backup-bucket, s3://number-ferry-backups, FERRY_BACKUP_BUCKET",
        "ferry.backup-bucket, number-ferry-backups/, FERRY_BACKUP_BUCKET",
        "ferry.backup-bucket, https://b.s3.amazonaws.com, FERRY_BACKUP_BUCKET",
        "ferry.backup-bucket, '  ', FERRY_BACKUP_BUCKET",
        "ferry.backup-bucket, nf, FERRY_BACKUP_BUCKET",
        "ferry.backup-prefix, /in/, FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, in/*, FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, in/**/backup, FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, ^in/, FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, 'in/{a,b}/', FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, in%2F, FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, s3://number-ferry-backups/in/, FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, arn:aws:s3:::number-ferry-backups/in/, FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, ' in/', FERRY_BACKUP_PREFIX",
        "ferry.backup-prefix, in\\, FERRY_BACKUP_PREFIX",
        "ferry.queue-url, arn:aws:sqs:eu-central-1:123456789012:migrations, FERRY_QUEUE_URL",
        "ferry.queue-url, migrations, FERRY_QUEUE_URL",
        "ferry.queue-url, https://sqs.eu-central-1.amazonaws.com/migrations, FERRY_QUEUE_URL",
        "ferry.queue-url, https://sqs.eu-central-1.api.aws/queue/migrations, FERRY_QUEUE_URL",
        "ferry.queue-url, http://localhost:9324/queue/m.fifo, FERRY_QUEUE_URL",
        "ferry.queue-url, https://sqs.eu-central-1.amazonaws.com/123456789012/m.fifo,"
            + " FERRY_QUEUE_URL",
        "ferry.max-calls, 0, FERRY_MAX_CALLS",
        "ferry.max-calls, 11, FERRY_MAX_CALLS",
        "ferry.brake-after, -1, FERRY_BRAKE_AFTER",
        "ferry.brake-after, 101, FERRY_BRAKE_AFTER",
        "ferry.brake-window, 0s, FERRY_BRAKE_WINDOW",
        "ferry.brake-window, -1h, FERRY_BRAKE_WINDOW",
        "ferry.function-timeout, 90s, FERRY_FUNCTION_TIMEOUT",
        "ferry.reconcile-for, 70s, FERRY_LONGEST_RUN",
        "ferry.longest-run, 0s, FERRY_LONGEST_RUN",
        "ferry.longest-run, -90s, FERRY_LONGEST_RUN",
        "ferry.reconcile-for, 0s, FERRY_RECONCILE_FOR",
        "ferry.reconcile-for, -1s, FERRY_RECONCILE_FOR",
        "ferry.ledger-ttl, 29d, FERRY_LEDGER_TTL",
        "ferry.ledger-ttl, 0, FERRY_LEDGER_TTL",
        "ferry.ledger-ttl, -400d, FERRY_LEDGER_TTL",
        "ferry.graph-version, v25.0/../v1.0, FERRY_GRAPH_VERSION"
      })
  void aWrongSettingIsNamedByItsVariable(String name, String value, String variable) {
    assertThat(problems(name, value)).singleElement().asString().startsWith(variable + " must be ");
  }

  @ParameterizedTest
  @CsvSource({
    "ferry.topic-arn, arn:aws-us-gov:sns:us-gov-west-1:123456789012:Ferry_results-1",
    "ferry.secret-id, prod/whatsapp-{phoneNumberId}/number",
    "ferry.secret-id, /prod/whatsapp_+=.@{phoneNumberId}",
    "ferry.token-secret-id, whatsapp-shared-token",
    "ferry.stack, Number-Ferry-2",
    "ferry.token-secret-id, arn:aws:secretsmanager:eu-central-1:123456789012:secret:token-AbCdEf",
    "ferry.backup-bucket, number-ferry.backups-1",
    "ferry.backup-bucket, Number_Ferry.Backups",
    "ferry.backup-prefix, backups/",
    "ferry.backup-prefix, in/",
    "ferry.backup-prefix, 'Grüße & mehr/a+b c'",
    "ferry.backup-prefix, ''",
    "ferry.queue-url, https://sqs.eu-central-1.amazonaws.com/123456789012/Migrations_1-x",
    "ferry.queue-url, https://sqs.cn-north-1.amazonaws.com.cn/123456789012/migrations",
    "ferry.queue-url, https://queue.amazonaws.com/123456789012/migrations",
    "ferry.queue-url, http://localhost:4566/000000000000/migrations",
    "ferry.queue-url, https://sqs.eu-central-1.api.aws/123456789012/migrations",
    "ferry.queue-url, http://localhost:4566/queue/eu-central-1/000000000000/migrations",
    "ferry.queue-url, http://localhost:9324/queue/migrations",
    "ferry.queue-url, http://elasticmq:9324/migrations",
    "ferry.queue-url, http://sqs.eu-central-1.localhost.localstack.cloud:4566/000000000000/m",
    "ferry.max-calls, ' 7 '",
    "ferry.brake-window, PT90M",
    "ferry.brake-window, 90",
    "ferry.graph-version, v26.0",
    "ferry.ledger-ttl, 30d",
    "ferry.longest-run, 86s",
    "ferry.brake-after, 0",
    "ferry.brake-after, 100",
    "ferry.brake-window, 30m"
  })
  void otherSettingsThatWorkAreTaken(String name, String value) {
    assertThat(problems(name, value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"backup-uploaded, FERRY_BACKUP_BUCKET must be", "api, FERRY_QUEUE_URL must be"})
  void aFunctionNamesWhatOnlyItNeeds(String function, String problem) {
    assertThat(problems("ferry.max-calls", "5", function))
        .singleElement()
        .asString()
        .startsWith(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "backup-uploaded", "api"})
  void anUnknownVariableStopsWhatCalls(String function) {
    assertThat(problems("ferry.max-call", "5", function))
        .filteredOn(it -> it.startsWith("FERRY_MAX_CALL is no setting"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ferry.fleet-bucket, -, FERRY_FLEET_BUCKET",
        "ferry.fleet-bucket, arn:aws:s3:::fleet, FERRY_FLEET_BUCKET",
        "ferry.backup-bucket, -, FERRY_BACKUP_BUCKET",
        "ferry.backup-bucket, s3://b, FERRY_BACKUP_BUCKET",
        "ferry.backup-prefix, /in/, FERRY_BACKUP_PREFIX"
      })
  void aFleetKnowsItsBucketAndThatOfTheBackups(String setting, String value, String variable) {
    Map<String, String> settings =
        new HashMap<>(Map.of("ferry.fleet-bucket", "fleet", "ferry.backup-bucket", "backups"));
    assertThat(problems(settings, "fleet")).isEmpty();

    settings.put(setting, value);
    settings.values().removeIf(Objects::isNull);

    assertThat(problems(settings, "fleet"))
        .singleElement()
        .asString()
        .startsWith(variable + " must be ");
    assertThat(problems(Map.of("ferry.fleet-bucket", "arn:aws:s3:::fleet"), "brake")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sweep", "brake"})
  void whatIsOfOtherFunctionsKeepsNobodyFromTheBrake(String function) {
    assertThat(problems("ferry.backup-bucket", "arn:aws:s3:::b", function)).isEmpty();
    assertThat(problems("ferry.backup-prefix", "/in/", function)).isEmpty();
    assertThat(problems("ferry.queue-url", "migrations", function)).isEmpty();
    assertThat(problems("ferry.secret-id", "whatsapp", function)).isEmpty();
    assertThat(problems("ferry.secret-id", "whatsapp/*/{phoneNumberId}", function)).isEmpty();
    assertThat(problems("ferry.token-secret-id", "shared token", function)).isEmpty();
    assertThat(problems("ferry.secret-id", "", function)).isEmpty();
    assertThat(problems("ferry.graph-version", "", function)).isEmpty();
    assertThat(problems("ferry.graph-version", "25", function)).isEmpty();
    assertThat(problems("ferry.max-calls", "five", function)).isEmpty();
    assertThat(problems("ferry.max-calls", "11", function)).isEmpty();
    assertThat(problems("ferry.max-call", "5", function)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"number-ferry-backups/, 1", "number-ferry-backups/in/, 1", "in/, 0", "number-f, 0"})
  void aPrefixHasNoBucketInFrontOfIt(String prefix, int problems) {
    Map<String, String> settings =
        Map.of("ferry.backup-bucket", "number-ferry-backups", "ferry.backup-prefix", prefix);

    assertThat(problems(settings, "backup-uploaded"))
        .hasSize(problems)
        .allSatisfy(it -> assertThat(it).startsWith("FERRY_BACKUP_PREFIX must be "));
    assertThat(problems(settings, "brake")).isEmpty();
  }

  /** As long as the template has it of the longest. */
  @ParameterizedTest
  @CsvSource({"migrate, 1", "backup-uploaded, 1", "api, 1", "sweep, 0", "brake, 0", "fleet, 0"})
  void whatClaimsNothingMayHaveMoreTimeThanARun(String function, int problems) {
    Map<String, String> settings =
        Map.of(
            "ferry.function-timeout",
            "298s",
            "ferry.fleet-bucket",
            "fleet",
            "ferry.backup-bucket",
            "backups",
            "ferry.queue-url",
            "https://sqs.eu-central-1.amazonaws.com/123456789012/migrations");

    assertThat(problems(settings, function))
        .hasSize(problems)
        .allSatisfy(
            it ->
                assertThat(it)
                    .startsWith("FERRY_FUNCTION_TIMEOUT must be shorter than FERRY_LONGEST_RUN in")
                    .contains("migrate, backup-uploaded and api"));
  }

  /** 3 s to connect, 20 s to answer, and an eighth of it: more than 26.28 s. */
  @ParameterizedTest
  @CsvSource({
    "26s, migrate, 1",
    "26s, backup-uploaded, 1",
    "26s, api, 1",
    "27s, migrate, 0",
    "27s, backup-uploaded, 0",
    "27s, api, 0",
    "26s, sweep, 0",
    "26s, brake, 0"
  })
  void theFunctionsTimeIsEnoughForOneCallAndWhatEndsIt(
      String timeout, String function, int problems) {
    assertThat(
            FerryConfigCheck.times(
                config("ferry.function-timeout", timeout),
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                function))
        .hasSize(problems)
        .allSatisfy(
            it ->
                assertThat(it)
                    .startsWith("FERRY_FUNCTION_TIMEOUT must be ")
                    .contains(
                        "QUARKUS_REST_CLIENT_WHATSAPP_CONNECT_TIMEOUT",
                        "QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT"));
  }

  /** Then no call could ever be made: some time passes before it. */
  @Test
  void aFunctionsTimeThatIsJustAsLongAsTheCallIsTooShort() {
    assertThat(
            FerryConfigCheck.times(
                config("ferry.function-timeout", "8s"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(6),
                "migrate"))
        .hasSize(1);
  }

  @Test
  void topicAndLedgerAreAllThatMustBeSet() {
    assertThat(problems("ferry.topic-arn", Sample.TOPIC)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"44, 0", "45, 1", "60, 1"})
  void theReadTimeoutIsBelowHalfOfTheLongestRun(int seconds, int problems) {
    assertThat(
            FerryConfigCheck.times(
                config("ferry.reconcile-for", "1s"),
                Duration.ofSeconds(3),
                Duration.ofSeconds(seconds),
                "migrate"))
        .hasSize(problems)
        .allSatisfy(
            it ->
                assertThat(it)
                    .startsWith("FERRY_LONGEST_RUN must be ")
                    .contains("FERRY_RECONCILE_FOR together", "twice that time-out alone"));
  }

  @ParameterizedTest
  @CsvSource({"69s, 0", "70s, 1"})
  void aCallAndTheQuestionsAfterItAreShorterThanTheLongestRun(String reconcileFor, int problems) {
    assertThat(problems("ferry.reconcile-for", reconcileFor))
        .hasSize(problems)
        .allSatisfy(
            it ->
                assertThat(it)
                    .contains("FERRY_RECONCILE_FOR together", "twice that time-out alone"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 20, QUARKUS_REST_CLIENT_WHATSAPP_CONNECT_TIMEOUT",
    "3, 0, QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT",
    "3, -1, QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT"
  })
  void noTimeIsWithoutEnd(int connect, int read, String variable) {
    assertThat(
            FerryConfigCheck.times(
                config("ferry.max-calls", "5"),
                Duration.ofSeconds(connect),
                Duration.ofSeconds(read),
                "migrate"))
        .singleElement()
        .asString()
        .startsWith(variable + " must be ");
  }

  private static List<String> problems(String name, String value) {
    return problems(name, value, "migrate");
  }

  /** All that stops a function. */
  private static List<String> problems(String name, String value, String function) {
    return check(settings(name, value), function).stoppingOrLogged();
  }

  private static List<String> problems(Map<String, String> changed, String function) {
    Map<String, String> settings = settings("ferry.max-calls", "5");
    settings.putAll(changed);
    return check(settings, function).stoppingOrLogged();
  }

  /** What stops a function, or is logged, where nothing is set. */
  static List<String> problemsOfNothing(String function) {
    return check(Map.of(), function).stoppingOrLogged();
  }

  private static FerryConfigCheck check(Map<String, String> settings, String function) {
    SmallRyeConfig config = config(settings);
    return new FerryConfigCheck(
        config.getConfigMapping(FerryConfig.class), config, 3000, 20_000, Optional.of(function));
  }

  private static FerryConfig config(String name, String value) {
    return config(settings(name, value)).getConfigMapping(FerryConfig.class);
  }

  private static Map<String, String> settings(String name, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put("ferry.topic-arn", Sample.TOPIC);
    settings.put("ferry.ledger-table", Sample.LEDGER);
    settings.put(name, value);
    settings.values().removeIf(Objects::isNull);
    return settings;
  }

  private static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(FerryConfig.class)
        .withValidateUnknown(false)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build();
  }
}
