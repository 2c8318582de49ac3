package dev.numberferry.infra;

import static dev.numberferry.infra.AlarmEvaluation.MORE;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.Urgency;
import dev.numberferry.infra.AlarmEvaluation.State;
import dev.numberferry.metrics.EmbeddedMetrics;
import dev.numberferry.metrics.WideLinesFixture;
import dev.numberferry.standin.Needs;
import dev.numberferry.standin.Tool;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which alarms there are, who hears them, and with which numbers. */
@Needs(Tool.SAM_TRANSLATOR)
class AlarmsIT {

  private static final String ALARM = "AWS::CloudWatch::Alarm";
  private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms";
  private static final String EMAIL = "on-call@example.com";

  private static final String FIRST_EMPTY =
      "first deploy with ResultEmail empty, and only then set AlertEmail";

  /** A period without a value. */
  private static final String NONE = "-";

  /** Seconds in which Lambda's errors of {@code migrate} are one number. */
  private static final int PERIOD = 300;

  /** What each alarm watches, and how. */
  private static final Map<String, String> ALARMS =
      Map.ofEntries(
          entry("LineDownAlarm", "LineDown: Sum of 60 s > 0 in 1 of 15, else notBreaching"),
          entry("UnclearAlarm", "Unclear: Sum of 60 s > 0 in 1 of 15, else notBreaching"),
          entry("NotPublishedAlarm", "NotPublished: Sum of 60 s > 0 in 1 of 15, else notBreaching"),
          entry("NotRecordedAlarm", "NotRecorded: Sum of 60 s > 0 in 1 of 15, else notBreaching"),
          entry("BrakeAlarm", "BrakeEngaged: Maximum of 300 s > 0 in 1 of 1, else ignore"),
          entry("OldestClaimAlarm", "OldestClaim: Maximum of 300 s > 900 in 1 of 1, else ignore"),
          entry(
              "OldestWaitAlarm",
              "OldestWait: Maximum of 300 s > 14400 in 1 of 36, else notBreaching"),
          entry("SweepAlarm", "Errors <Sweep>: Sum of 300 s > 0 in 3 of 3, else missing"),
          entry(
              "SweepSilentAlarm",
              "Invocations <Sweep>: Sum of 300 s < 1 in 3 of 3, else breaching"),
          entry(
              "UploadsOldAlarm",
              "ApproximateAgeOfOldestMessage <Uploads.QueueName>: Maximum of 300 s > 46800 in 1 of"
                  + " 1, else notBreaching"),
          entry(
              "MigrationsOldAlarm",
              "ApproximateAgeOfOldestMessage <Migrations.QueueName>: Maximum of 300 s > 46800 in 1"
                  + " of 1, else notBreaching"),
          entry(
              "UploadsFailedAlarm",
              "ApproximateNumberOfMessagesVisible <UploadsFailed.QueueName>: Maximum of 300 s > 0"
                  + " in 1 of 1, else notBreaching"),
          entry(
              "MigrationsFailedAlarm",
              "ApproximateNumberOfMessagesVisible <MigrationsFailed.QueueName>: Maximum of 300 s >"
                  + " 0 in 1 of 1, else notBreaching"),
          entry(
              "FailedEventsAlarm",
              "ApproximateNumberOfMessagesVisible <FailedEvents.QueueName>: Maximum of 300 s > 0 in"
                  + " 1 of 1, else notBreaching"),
          entry(
              "MigrateThrottlesAlarm",
              "Throttles <Migrate>: Sum of 300 s > 0 in 2 of 3, else notBreaching"),
          entry(
              "BackupUploadedThrottlesAlarm",
              "Throttles <BackupUploaded>: Sum of 300 s > 0 in 2 of 3, else notBreaching"),
          entry(
              "ApiThrottlesAlarm",
              "Throttles <Api>: Sum of 300 s > 0 in 2 of 3, else notBreaching"),
          entry(
              "MigrateErrorsAlarm",
              "Errors <Migrate>: Sum of 300 s > 0 in 3 of 6, else notBreaching"),
          entry(
              "BackupUploadedErrorsAlarm",
              "Errors <BackupUploaded>: Sum of 60 s > 0 in 1 of 5, else notBreaching"),
          entry("ApiErrorsAlarm", "Errors <Api>: Sum of 60 s > 0 in 1 of 5, else notBreaching"),
          entry(
              "FleetAlarm",
              "ExecutionsFailed <FleetMachine>: Sum of 60 s > 0 in 1 of 15, else notBreaching"),
          entry(
              "NotDeliveredAlarm",
              "NumberOfNotificationsFailed <ResultTopic.TopicName>: Sum of 300 s > 0 in 1 of 1,"
                  + " else notBreaching"));

  /** The metrics of AWS's that alarms watch, each with the one dimension that it has. */
  private static final Map<String, String> OF_AWS =
      Map.of(
          "AWS/SQS ApproximateAgeOfOldestMessage", "QueueName",
          "AWS/SQS ApproximateNumberOfMessagesVisible", "QueueName",
          "AWS/Lambda Errors", "FunctionName",
          "AWS/Lambda Invocations", "FunctionName",
          "AWS/Lambda Throttles", "FunctionName",
          "AWS/States ExecutionsFailed", "StateMachineArn",
          "AWS/SNS NumberOfNotificationsFailed", "TopicName");

  private static Template template;

  @BeforeAll
  static void withAddress() {
    template = Template.with(Map.of("AlertEmail", EMAIL));
  }

  @Test
  void eachWatchesThisAndInThisWay() {
    Map<String, String> alarms = new TreeMap<>();
    template.ofType(ALARM).forEach(it -> alarms.put(it, words(template.properties(it))));

    assertThat(alarms).isEqualTo(new TreeMap<>(ALARMS));
  }

  private static String words(JsonNode alarm) {
    int periods = alarm.path("EvaluationPeriods").asInt();
    return "%s%s: %s of %d s %s %d in %d of %d, else %s"
        .formatted(
            alarm.path("MetricName").asText(),
            alarm.has("Dimensions") ? " " + alarm.at("/Dimensions/0/Value").asText() : "",
            alarm.path("Statistic").asText(),
            alarm.path("Period").asInt(),
            isBelow(alarm) ? "<" : ">",
            alarm.path("Threshold").asInt(),
            alarm.path("DatapointsToAlarm").asInt(periods),
            periods,
            alarm.path("TreatMissingData").asText("?"));
  }

  private static boolean isBelow(JsonNode alarm) {
    String operator = alarm.path("ComparisonOperator").asText();
    assertThat(operator).isIn("LessThanThreshold", "GreaterThanThreshold");
    return operator.equals("LessThanThreshold");
  }

  /** Else it could never fire, and nobody would see that. */
  @Test
  void eachMetricOfOursIsOneThatALineHas() {
    String stack = template.properties("Sweep").at("/Environment/Variables/FERRY_STACK").asText();
    List<EmbeddedMetrics> lines =
        List.of(WideLinesFixture.run(stack), WideLinesFixture.sweep(stack));
    List<JsonNode> ours = alarms().filter(it -> !isOfAws(it)).toList();

    assertThat(stack).isNotEmpty();
    assertThat(ours)
        .hasSize(7)
        .allSatisfy(
            alarm -> {
              String metric = alarm.path("MetricName").asText();
              assertThat(lines.stream().filter(it -> it.values().containsKey(metric)))
                  .as(metric)
                  .singleElement()
                  .satisfies(
                      line -> {
                        assertThat(line.namespace()).isEqualTo(alarm.path("Namespace").asText());
                        assertThat(line.dimensions(metric)).contains(List.of());
                      });
              assertThat(alarm.has("Dimensions")).isFalse();
            });
  }

  @Test
  void eachOtherMetricIsOneThatAwsHasOfAResourceOfTheStack() {
    assertThat(alarms().filter(AlarmsIT::isOfAws))
        .hasSize(15)
        .allSatisfy(
            alarm -> {
              String metric =
                  alarm.path("Namespace").asText() + " " + alarm.path("MetricName").asText();
              assertThat(OF_AWS).containsKey(metric);
              assertThat(alarm.path("Dimensions")).hasSize(1);
              assertThat(alarm.at("/Dimensions/0/Name").asText()).isEqualTo(OF_AWS.get(metric));
              String resource =
                  alarm.at("/Dimensions/0/Value").asText().replaceAll("[<>]|\\.\\w+", "");
              assertThat(template.exists(resource)).as(resource).isTrue();
            });
  }

  private static Stream<JsonNode> alarms() {
    return template.ofType(ALARM).stream().map(template::properties);
  }

  private static boolean isOfAws(JsonNode alarm) {
    return alarm.path("Namespace").asText().startsWith("AWS/");
  }

  /**
   * Numbers of one alarm, the newest last; a period may have several of them.
   *
   * @param fire with which it fires
   * @param silent with which it does not
   */
  private record Numbers(String alarm, String fire, String silent) {}

  static List<Numbers> numbers() {
    return List.of(
        // One run of three took a line down; and it is told some minutes late.
        new Numbers("LineDownAlarm", "0 1 0", "0 0 0"),
        new Numbers("LineDownAlarm", "1" + none(14), "1" + none(15 + MORE)),
        new Numbers("UnclearAlarm", "1, 0", "0, 0"),
        new Numbers("UnclearAlarm", "1" + none(14), NONE),
        new Numbers("NotPublishedAlarm", "1, 0 0", "0"),
        new Numbers("NotRecordedAlarm", "0 0 1", "0 0"),
        // The brake, and its release.
        new Numbers("BrakeAlarm", "0, 1", "1, 0"),
        new Numbers("OldestClaimAlarm", "901", "900"),
        new Numbers("OldestClaimAlarm", "400, 700, 1000", "1000, 0"),
        // A message that fails at every receive, and one that is done after its sixth.
        new Numbers("OldestWaitAlarm", "60 14401", "9000"),
        new Numbers("OldestWaitAlarm", "17400" + none(30), "17400" + none(36 + MORE)),
        new Numbers("SweepAlarm", "1, 1, 1", "1, 0, 1"),
        new Numbers("SweepAlarm", "0, 1, 1, 1", "0, 1, 1, " + NONE),
        new Numbers("SweepSilentAlarm", "1" + none(3 + MORE), "1" + none(2)),
        new Numbers("SweepSilentAlarm", "0, 0, 0", "1, 1, 1"),
        // The longest wait is 12 hours.
        new Numbers("UploadsOldAlarm", "46801", "43200"),
        new Numbers("UploadsOldAlarm", "46801", NONE),
        new Numbers("MigrationsOldAlarm", "46801", "43200"),
        new Numbers("UploadsFailedAlarm", "1", "0"),
        new Numbers("UploadsFailedAlarm", "2", NONE),
        new Numbers("MigrationsFailedAlarm", "1", "0"),
        new Numbers("FailedEventsAlarm", "1", "0"),
        // A burst, and a limit.
        new Numbers("MigrateThrottlesAlarm", "3, 5, 0", "100, 0, 0"),
        new Numbers("BackupUploadedThrottlesAlarm", "1, -, 1", "1, -, -"),
        new Numbers("ApiThrottlesAlarm", "1, 1", "0, 1"),
        // A crash that is told when its invocation would have been over for long.
        new Numbers("ApiErrorsAlarm", "0 1 0, 0, -, 0", "0, 0, 0"),
        new Numbers("BackupUploadedErrorsAlarm", "1", NONE),
        new Numbers("MigrateErrorsAlarm", "1, 0, 1, 0, 0, 1", "1, 1, 0, 0, 0, 0"),
        // The failure of a moment, and a run that was finished.
        new Numbers("FleetAlarm", "1" + none(14), "1" + none(15 + MORE)),
        new Numbers("FleetAlarm", "0, 1", "0, 0"),
        new Numbers("NotDeliveredAlarm", "1", "0"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void itFiresWithTheseNumbersAndNotWithThose(Numbers numbers) {
    assertThat(fires(numbers.alarm(), numbers.fire())).as(numbers.fire()).isTrue();
    assertThat(fires(numbers.alarm(), numbers.silent())).as(numbers.silent()).isFalse();
  }

  @Test
  void numbersOfEveryAlarmAreHere() {
    assertThat(numbers().stream().map(Numbers::alarm).distinct())
        .containsExactlyInAnyOrderElementsOf(template.ofType(ALARM));
  }

  private static String none(int periods) {
    return (", " + NONE).repeat(periods);
  }

  /** Whether an alarm is raised that was not. */
  private static boolean fires(String id, String numbers) {
    return next(id, State.OK, numbers) == State.ALARM;
  }

  private static State next(String id, State before, String numbers) {
    JsonNode alarm = template.properties(id);
    int periods = alarm.path("EvaluationPeriods").asInt();
    String points =
        Arrays.stream(numbers.split(", "))
            .map(it -> it.equals(NONE) ? NONE : breaches(alarm, it) ? "X" : "0")
            .collect(Collectors.joining());
    return new AlarmEvaluation(
            periods,
            alarm.path("DatapointsToAlarm").asInt(periods),
            alarm.path("TreatMissingData").asText())
        .next(before, points);
  }

  private static boolean breaches(JsonNode alarm, String period) {
    List<Integer> values = Stream.of(period.split(" ")).map(Integer::valueOf).toList();
    int value =
        switch (alarm.path("Statistic").asText()) {
          case "Sum" -> values.stream().mapToInt(it -> it).sum();
          case "Maximum" -> Collections.max(values);
          default -> throw new IllegalArgumentException(alarm.path("Statistic").asText());
        };
    int threshold = alarm.path("Threshold").asInt();
    return isBelow(alarm) ? value < threshold : value > threshold;
  }

  /** It comes again when its visibility time-out ends, up to 80 times. */
  @ParameterizedTest
  @ValueSource(strings = {NONE, "0"})
  void aMessageThatEndsEachOfItsRunsIsHeardWithinHalfAnHour(String otherRuns) {
    int pause = template.properties("Migrations").path("VisibilityTimeout").asInt();
    int[] receives = IntStream.range(0, 80).map(it -> it * pause).toArray();

    for (int second = 0; second < PERIOD; second++) {
      List<String> numbers = failures(otherRuns, second, receives);
      for (int now = 7; now <= numbers.size(); now++) {
        assertThat(fires("MigrateErrorsAlarm", String.join(", ", numbers.subList(0, now))))
            .as("after %d periods", now)
            .isTrue();
      }
    }
  }

  /** Lambda invokes once more after one minute, and after two more. */
  @ParameterizedTest
  @CsvSource({"-, 0", "-, 60", "0, 0", "0, 60"})
  void aSingleNotSentWithItsRepetitionsIsNot(String otherRuns, int runSeconds) {
    int[] invokes = {0, 60 + runSeconds, 180 + 2 * runSeconds};

    for (int second = 0; second < PERIOD; second++) {
      List<String> numbers = failures(otherRuns, second, invokes);
      for (int now = 1; now <= numbers.size(); now++) {
        assertThat(fires("MigrateErrorsAlarm", String.join(", ", numbers.subList(0, now))))
            .isFalse();
      }
    }
  }

  /** Failed invocations in each period, from the one in which the first began. */
  private static List<String> failures(String none, int second, int... starts) {
    assertThat(template.properties("MigrateErrorsAlarm").path("Period").asInt()).isEqualTo(PERIOD);
    Map<Integer, Long> periods =
        Arrays.stream(starts)
            .boxed()
            .collect(Collectors.groupingBy(it -> (second + it) / PERIOD, Collectors.counting()));
    return IntStream.rangeClosed(0, Collections.max(periods.keySet()))
        .mapToObj(it -> periods.containsKey(it) ? periods.get(it).toString() : none)
        .toList();
  }

  /** Each sweep tells both; a period may have none, and an outage many that have none. */
  @ParameterizedTest
  @ValueSource(strings = {"BrakeAlarm", "OldestClaimAlarm"})
  void whatOnlySweepsTellStaysAsItWasUntilTheNext(String alarm) {
    for (State state : State.values()) {
      assertThat(next(alarm, state, NONE)).isEqualTo(state);
    }
    assertThat(next(alarm, State.ALARM, "1000, -, 0")).isEqualTo(State.OK);
    assertThat(next(alarm, State.ALARM, "1000, -, 1000")).isEqualTo(State.ALARM);
  }

  /** One alarm says that it fails, or else the other that it is not there. */
  @Test
  void aSweepThatIsSilentIsNotSaidToBeWell() {
    assertThat(next("SweepAlarm", State.ALARM, NONE)).isEqualTo(State.INSUFFICIENT_DATA);
    assertThat(next("SweepSilentAlarm", State.OK, NONE)).isEqualTo(State.ALARM);
  }

  @Test
  void aNewStackHasItsSweepsFailForAsLongAsAnOther() {
    assertThat(next("SweepAlarm", State.INSUFFICIENT_DATA, "1, 1"))
        .isEqualTo(State.INSUFFICIENT_DATA);
    assertThat(next("SweepAlarm", State.INSUFFICIENT_DATA, "1, 1, 1")).isEqualTo(State.ALARM);
  }

  @Test
  void everyDescriptionSaysWhatToDoFirstAndWhereThereIsMore() {
    assertThat(template.ofType(ALARM))
        .allSatisfy(
            it ->
                assertThat(template.properties(it).path("AlarmDescription").asText())
                    .startsWith("Number Ferry: ")
                    .contains(" First ")
                    .endsWith(". docs/runbook.md#" + it.toLowerCase(Locale.ROOT))
                    .hasSizeLessThanOrEqualTo(1024));
  }

  /** A dead letter is hours old after crashes, some 30 hours under the brake, or a week. */
  @ParameterizedTest
  @ValueSource(strings = {"UploadsFailedAlarm", "MigrationsFailedAlarm"})
  void aDeadLetterIsNotSaidToBeOlderThanItMayBe(String alarm) {
    assertThat(template.properties(alarm).path("AlarmDescription").asText())
        .contains("First see whether the brake was engaged", "up to a week")
        .contains("deleted 14 days after it was sent");
  }

  @Test
  void withAnAddressAlarmsGoToATopicOfTheirOwn() {
    assertAlarmsGoTo(template, "<AlarmTopic>");
    assertThat(template.properties("AlarmTopic").has("KmsMasterKeyId"))
        .as("CloudWatch cannot publish under the key of SNS")
        .isFalse();
    JsonNode mails = template.properties("AlarmEmailSubscription");
    assertThat(mails.path("TopicArn").asText()).isEqualTo("<AlarmTopic>");
    assertThat(mails.path("Protocol").asText()).isEqualTo("email");
    assertThat(mails.path("Endpoint").asText()).isEqualTo(EMAIL);
    assertThat(mails.has("FilterPolicy")).isFalse();
    assertThat(template.output("AlarmTopicArn")).isEqualTo("<AlarmTopic>");
  }

  @Test
  void andTheResultsThatNeedAPersonToTheSameAddress() {
    JsonNode mails = template.properties("AlertEmailSubscription");

    assertThat(mails.path("TopicArn").asText()).isEqualTo("<ResultTopic>");
    assertThat(mails.path("Protocol").asText()).isEqualTo("email");
    assertThat(mails.path("Endpoint").asText()).isEqualTo(EMAIL);
    assertThat(mails.path("FilterPolicyScope").asText()).isEqualTo("MessageAttributes");
    assertThat(mails.path("FilterPolicy")).hasSize(1);
    assertThat(texts(mails.at("/FilterPolicy/urgency")))
        .containsExactly(Urgency.NOW.word(), Urgency.SOON.word());
  }

  @Test
  void withATopicAlarmsGoThereAndNoOtherIsMade() {
    Template existing = Template.with(Map.of("AlarmTopicArn", TOPIC));

    assertAlarmsGoTo(existing, TOPIC);
    assertThat(existing.ofType("AWS::SNS::Topic")).containsExactly("ResultTopic");
    assertThat(existing.ofType("AWS::SNS::Subscription")).isEmpty();
  }

  @Test
  void withBothTheyGoToBoth() {
    assertAlarmsGoTo(
        Template.with(Map.of("AlertEmail", EMAIL, "AlarmTopicArn", TOPIC)), "<AlarmTopic>", TOPIC);
  }

  @Test
  void withNoneThereIsNoAlarmAndNoMail() {
    Template silent = Template.with(Map.of());

    assertThat(silent.ofType(ALARM)).isEmpty();
    assertThat(silent.ofType("AWS::SNS::Topic")).containsExactly("ResultTopic");
    assertThat(silent.ofType("AWS::SNS::Subscription")).isEmpty();
  }

  private static void assertAlarmsGoTo(Template with, String... topics) {
    assertThat(with.ofType(ALARM))
        .containsExactlyInAnyOrderElementsOf(ALARMS.keySet())
        .allSatisfy(
            it ->
                assertThat(texts(with.properties(it).path("AlarmActions")))
                    .containsExactly(topics));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** SNS would refuse the second subscription, in the middle of a deploy. */
  @Test
  void oneAddressForBothKindsOfMailsIsRefusedBeforeTheDeploy() {
    assertThat(Template.with(Map.of("AlertEmail", EMAIL, "ResultEmail", EMAIL)).refusals())
        .singleElement()
        .satisfies(it -> assertThat(it).contains("AlertEmail", "ResultEmail", FIRST_EMPTY));
    assertThat(
            Template.with(Map.of("AlertEmail", EMAIL, "ResultEmail", "all@example.com")).refusals())
        .isEmpty();
    assertThat(template.refusals()).isEmpty();
    assertThat(Template.with(Map.of("ResultEmail", EMAIL)).refusals()).isEmpty();
    assertThat(Template.with(Map.of()).refusals()).isEmpty();
  }

  /** CloudFormation makes the new subscription first, and no rule knows what was before. */
  @ParameterizedTest
  @ValueSource(strings = {"ResultEmail", "AlertEmail"})
  void whoeverMovesAnAddressIsToldToDoItInTwoDeploys(String parameter) {
    assertThat(template.parameter(parameter).path("Description").asText()).contains(FIRST_EMPTY);
  }

  @Test
  void theStopSilencesWhatItRaisesOnPurposeAndNothingElse() {
    Template stopped = Template.with(Map.of("AlertEmail", EMAIL, "EmergencyStop", "true"));

    assertThat(silent(template)).isEmpty();
    assertThat(silent(stopped))
        .containsExactlyInAnyOrder(
            "MigrateThrottlesAlarm", "BackupUploadedThrottlesAlarm", "ApiThrottlesAlarm");
  }

  private static Set<String> silent(Template with) {
    Set<String> silent = new HashSet<>(with.ofType(ALARM));
    silent.removeIf(it -> with.properties(it).path("ActionsEnabled").asBoolean(true));
    return silent;
  }
}
