package dev.numberferry;

import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.RegisterLimit;
import dev.numberferry.support.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start on a setting that would only be found wrong at the first migration. */
@ApplicationScoped
class FerryConfigCheck {

  private static final Duration SHORTEST_MEMORY = Duration.ofDays(30);
  private static final int MOST_HARMED_NUMBERS = 100;

  /** Source: Secrets Manager's page on CreateSecret. */
  private static final String IN_A_SECRETS_NAME = "[A-Za-z0-9/_+=.@-]";

  /** By its name or by its ARN, as GetSecretValue takes it. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:)?%s{1,512}"
              .formatted(IN_A_SECRETS_NAME));

  /** Also as old buckets in us-east-1 are called. Source: S3's page on naming buckets. */
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._-]{3,255}");

  /** As patterns, URLs and Windows write it; S3's page on naming objects says to avoid most. */
  private static final Pattern NO_PREFIX =
      Pattern.compile("[/\\s].*|.*\\s|(s3|https?|arn):.*|.*[*?\\[\\]{}^$|\\\\<>%#\"\\p{Cc}].*");

  /** Source: CloudFormation's page on CreateStack. */
  private static final Pattern STACK = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");

  private static final String HOST_OF_AWS =
      "[^/@]+\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)(?::[0-9]+)?/";

  /** AWS's have the account before the name; what stands in for SQS has paths of its own. */
  private static final Pattern QUEUE =
      Pattern.compile(
          "https?://(?:%1$s[0-9]{12}/|(?!%1$s)[^/@]+/(?:[A-Za-z0-9_.-]+/)*)[A-Za-z0-9_-]{1,80}"
              .formatted(HOST_OF_AWS));

  private final FerryConfig config;
  private final Config settings;
  private final Duration connectTimeout;
  private final Duration readTimeout;
  private final String function;

  FerryConfigCheck(
      FerryConfig config,
      Config settings,
      @ConfigProperty(name = "quarkus.rest-client.whatsapp.connect-timeout") long connectTimeoutMs,
      @ConfigProperty(name = "quarkus.rest-client.whatsapp.read-timeout") long readTimeoutMs,
      @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function) {
    this.config = config;
    this.settings = settings;
    this.connectTimeout = Duration.ofMillis(connectTimeoutMs);
    this.readTimeout = Duration.ofMillis(readTimeoutMs);
    this.function = function.orElse("");
  }

  void onStart(@Observes StartupEvent start) {
    WrongSettings.stop(stoppingOrLogged());
  }

  /** What stops this function; what is only wrong for a call is logged where it does not. */
  List<String> stoppingOrLogged() {
    List<String> problems = new ArrayList<>(stores(config, function));
    problems.addAll(buckets(config, function));
    problems.addAll(brake(config));
    problems.addAll(times(config, connectTimeout, readTimeout, function));
    problems.addAll(DisclosureCheck.problems(settings));
    problems.addAll(
        WrongSettings.stoppingOrLogged(ofCalls(config, settings.getPropertyNames()), function));
    return problems;
  }

  /** What only concerns a call of {@code register}, or what is counted. */
  private static List<String> ofCalls(FerryConfig config, Iterable<String> names) {
    return Stream.of(secrets(config), calls(config), stack(config), FerryVariables.unknown(names))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> secrets(FerryConfig config) {
    List<String> problems = new ArrayList<>();
    if (config.secretPrefix().isEmpty()) {
      problems.add(
          "FERRY_SECRET_ID must be a name such as whatsapp/{phoneNumberId}, with something before"
              + " {phoneNumberId}: events may name no secret outside of that prefix.");
    } else if (!SECRET.matcher(config.secretId().replace(FerryConfig.ID, "1")).matches()) {
      problems.add(
          "FERRY_SECRET_ID must be a name such as whatsapp/{phoneNumberId}, of letters, digits and"
              + " / _ + = . @ - alone.");
    }
    if (config.tokenSecretId().filter(it -> !SECRET.matcher(it).matches()).isPresent()) {
      problems.add("FERRY_TOKEN_SECRET_ID must be the name of a secret, or not be set.");
    }
    return problems;
  }

  private static List<String> calls(FerryConfig config) {
    List<String> problems = new ArrayList<>();
    if (!config.graphVersion().matches("v[0-9]{1,3}\\.[0-9]{1,2}")) {
      problems.add("FERRY_GRAPH_VERSION must be a Graph API version such as v25.0.");
    }
    if (config.maxCalls() < 1 || config.maxCalls() > RegisterLimit.CALLS) {
      problems.add("FERRY_MAX_CALLS must be 1 to 10, which is WhatsApp's limit in 72 hours.");
    }
    return problems;
  }

  private static List<String> stack(FerryConfig config) {
    return config.stack().filter(it -> !STACK.matcher(it).matches()).isPresent()
        ? List.of("FERRY_STACK must be the name of a CloudFormation stack, or not be set.")
        : List.of();
  }

  private static List<String> stores(FerryConfig config, String function) {
    List<String> problems = new ArrayList<>();
    if (!config.topicArn().matches("arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+")) {
      problems.add("FERRY_TOPIC_ARN must be the ARN of the standard SNS topic for the results.");
    }
    if (FunctionNames.CALLERS.contains(function)
        && isWrong(config.queueUrl(), QUEUE, function.equals(FunctionNames.API))) {
      problems.add(
          "FERRY_QUEUE_URL must be the URL of the SQS queue for migrations (a standard one), and"
              + " not its ARN or name.");
    }
    if (!config.ledgerTable().matches("[A-Za-z0-9_.-]{3,255}")) {
      problems.add("FERRY_LEDGER_TABLE must be the name of the DynamoDB table of the ledger.");
    }
    return problems;
  }

  /** Where backups are, and lists of them; what is none of a function's own is not looked at. */
  private static List<String> buckets(FerryConfig config, String function) {
    List<String> problems = new ArrayList<>();
    boolean isFleet = function.equals(FunctionNames.FLEET);
    if (!isFleet && !FunctionNames.CALLERS.contains(function)) {
      return problems;
    }
    if (isWrong(
        config.backupBucket(), BUCKET, isFleet || function.equals(FunctionNames.BACKUP_UPLOADED))) {
      problems.add(
          "FERRY_BACKUP_BUCKET must be the name of the bucket with the backups, and not its ARN or"
              + " URL.");
    }
    if (config.backupPrefix().filter(it -> isNoPrefix(it, config)).isPresent()) {
      problems.add(
          "FERRY_BACKUP_PREFIX must be what the keys of backups begin with, such as in/: neither"
              + " the bucket nor a / before it, and no pattern.");
    }
    if (isFleet && isWrong(config.fleetBucket(), BUCKET, true)) {
      problems.add(
          "FERRY_FLEET_BUCKET must be the name of the bucket with manifests and reports, and not"
              + " its ARN or URL.");
    }
    return problems;
  }

  /** Behind its bucket it would be that of no key, and all uploads would be passed over. */
  private static boolean isNoPrefix(String prefix, FerryConfig config) {
    return NO_PREFIX.matcher(prefix).matches()
        || config.backupBucket().filter(it -> prefix.startsWith(it + "/")).isPresent();
  }

  /**
   * @param needed whether the function cannot do without
   */
  private static boolean isWrong(Optional<String> value, Pattern form, boolean needed) {
    return value.map(it -> !form.matcher(it).matches()).orElse(needed);
  }

  private static List<String> brake(FerryConfig config) {
    return config.brakeAfter() < 0 || config.brakeAfter() > MOST_HARMED_NUMBERS
        ? List.of("FERRY_BRAKE_AFTER must be 1 to 100 numbers, or 0, which switches the brake off.")
        : List.of();
  }

  static List<String> times(
      FerryConfig config, Duration connectTimeout, Duration readTimeout, String function) {
    List<String> tooShort = tooShort(config, connectTimeout, readTimeout);
    return tooShort.isEmpty()
        ? contradiction(config, readTimeout, function)
            .or(() -> noTimeToCall(config, connectTimeout.plus(readTimeout), function))
            .stream()
            .toList()
        : tooShort;
  }

  private static List<String> tooShort(
      FerryConfig config, Duration connectTimeout, Duration readTimeout) {
    Map<String, Duration> times =
        Map.of(
            "QUARKUS_REST_CLIENT_WHATSAPP_CONNECT_TIMEOUT", connectTimeout,
            "QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT", readTimeout,
            "FERRY_RECONCILE_FOR", config.reconcileFor(),
            "FERRY_LONGEST_RUN", config.longestRun(),
            "FERRY_FUNCTION_TIMEOUT", config.functionTimeout(),
            "FERRY_BRAKE_WINDOW", config.brakeWindow());
    List<String> problems = new ArrayList<>();
    times.entrySet().stream()
        .filter(time -> time.getValue().isNegative() || time.getValue().isZero())
        .map(time -> time.getKey() + " must be a time such as 90s, 30m or 1h, longer than nothing.")
        .sorted()
        .forEach(problems::add);
    if (config.ledgerTtl().compareTo(SHORTEST_MEMORY) < 0) {
      problems.add(
          "FERRY_LEDGER_TTL must be a time of at least 30d: what the ledger forgets can be called"
              + " again.");
    }
    return problems;
  }

  /** What does not fit together, of times that are long enough each. */
  private static Optional<String> contradiction(
      FerryConfig config, Duration readTimeout, String function) {
    Duration call = readTimeout.plus(config.reconcileFor());
    if (call.compareTo(config.longestRun()) >= 0
        || readTimeout.multipliedBy(2).compareTo(config.longestRun()) >= 0) {
      return Optional.of(
          "FERRY_LONGEST_RUN must be longer than QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT and"
              + " FERRY_RECONCILE_FOR together, and longer than twice that time-out alone.");
    }
    if (FunctionNames.CALLERS.contains(function)
        && config.functionTimeout().compareTo(config.longestRun()) >= 0) {
      return Optional.of(
          "FERRY_FUNCTION_TIMEOUT must be shorter than FERRY_LONGEST_RUN in migrate,"
              + " backup-uploaded and api: a run may not outlive its claim.");
    }
    return Optional.empty();
  }

  /**
   * @param call the longest that one call can take
   */
  private static Optional<String> noTimeToCall(FerryConfig config, Duration call, String function) {
    return FunctionNames.CALLERS.contains(function) && config.workTime().compareTo(call) <= 0
        ? Optional.of(
            "FERRY_FUNCTION_TIMEOUT must be longer than"
                + " QUARKUS_REST_CLIENT_WHATSAPP_CONNECT_TIMEOUT,"
                + " QUARKUS_REST_CLIENT_WHATSAPP_READ_TIMEOUT and an eighth of itself together:"
                + " with less time left no call is made.")
        : Optional.empty();
  }
}
