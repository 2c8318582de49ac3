package dev.numberferry;

import dev.numberferry.domain.PhoneNumberId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** The operator's settings; {@link FerryConfigCheck} checks them when the function starts. */
@ConfigMapping(prefix = "ferry")
public interface FerryConfig {

  /** Stands for the number's id in {@link #secretId()}. */
  String ID = "{phoneNumberId}";

  /**
   * What a setting is that a function cannot do without, where nobody set it and it has no default,
   * or where it is set to nothing: {@link FerryConfigCheck} then names the variable.
   */
  String NOT_SET = "?";

  /** ARN of the SNS topic that gets every result. */
  default String topicArn() {
    return givenTopicArn().orElse(NOT_SET);
  }

  /** As it was set: without {@code Optional} an empty variable would not be named as one. */
  @WithName("topic-arn")
  Optional<String> givenTopicArn();

  /** Name of a number's secret; {@code {phoneNumberId}} stands for the number's id. */
  default String secretId() {
    return givenSecretId().orElse(NOT_SET);
  }

  /** As it was set. */
  @WithName("secret-id")
  @WithDefault("whatsapp/" + ID)
  Optional<String> givenSecretId();

  /** Name of the secret with a token that serves numbers whose own secret has none. */
  Optional<String> tokenSecretId();

  /** Graph API version, such as {@code v25.0}. */
  default String graphVersion() {
    return givenGraphVersion().orElse(NOT_SET);
  }

  /** As it was set. */
  @WithName("graph-version")
  @WithDefault("v25.0")
  Optional<String> givenGraphVersion();

  /**
   * The one bucket whose uploads start migrations, and in which the backups of a fleet are; {@code
   * backup-uploaded} and {@code fleet} need it.
   */
  Optional<String> backupBucket();

  /** What the keys of backups in that bucket begin with. */
  Optional<String> backupPrefix();

  /** The bucket with manifests and reports; {@code fleet} needs it. */
  Optional<String> fleetBucket();

  /**
   * URL of the SQS queue for migrations whose caller does not wait for the result; {@code api}
   * needs it.
   */
  Optional<String> queueUrl();

  /** Name of the DynamoDB table that remembers every call. */
  default String ledgerTable() {
    return givenLedgerTable().orElse(NOT_SET);
  }

  /** As it was set. */
  @WithName("ledger-table")
  Optional<String> givenLedgerTable();

  /** For how long the table keeps a number after its last change: at least 30 days. */
  @WithDefault("400d")
  @WithConverter(Time.class)
  Duration ledgerTtl();

  /** How many calls of {@code register} for a number in 72 hours need no {@code retry}: 1 to 10. */
  @WithDefault("5")
  @WithConverter(Count.class)
  int maxCalls();

  /** Harm to so many numbers engages the brake; 0 where none does. */
  @WithDefault("3")
  @WithConverter(Count.class)
  int brakeAfter();

  /** The time within which harms count for the brake. */
  @WithDefault("1h")
  @WithConverter(Time.class)
  Duration brakeWindow();

  /**
   * Name of the CloudFormation stack: it tells the metrics of several in one account apart, and the
   * commands in mails read its outputs.
   */
  Optional<String> stack();

  /** For how long to ask where the number is after a call whose effect is unknown. */
  @WithDefault("20s")
  @WithConverter(Time.class)
  Duration reconcileFor();

  /**
   * After this time from its claim a run is over, whatever became of its process. It is longer than
   * the read time-out of {@code register} and {@link #reconcileFor()} together, and longer than
   * twice that time-out.
   */
  @WithDefault("90s")
  @WithConverter(Time.class)
  Duration longestRun();

  /**
   * The time of an invocation, from when its event is read; shorter than the function's time-out,
   * as Lambda has it, and shorter than {@link #longestRun()} in every function that claims numbers;
   * {@code sweep}, {@code brake} and {@code fleet} claim none, and may take longer. A result is
   * recorded again and again until shortly before its end.
   */
  @WithDefault("85s")
  @WithConverter(Time.class)
  Duration functionTimeout();

  /** Of the function's time-out, the time for its work: an eighth is left for what ends it. */
  default Duration workTime() {
    return functionTimeout().minus(functionTimeout().dividedBy(8));
  }

  /** The name of a number's secret. */
  default String secretIdOf(PhoneNumberId number) {
    return secretId().replace(ID, number.value());
  }

  /** What every secret named by an event must begin with. */
  default String secretPrefix() {
    return secretId().substring(0, Math.max(0, secretId().indexOf(ID)));
  }

  /** What the name of a number's secret has behind the number; nothing as a rule. */
  default String secretSuffix() {
    int id = secretId().indexOf(ID);
    return id < 0 ? "" : secretId().substring(id + ID.length());
  }

  /**
   * A whole number; what is none is one that {@link FerryConfigCheck} refuses, so that it is named
   * by its variable, and with what else is wrong.
   */
  @RegisterForReflection
  final class Count implements Converter<Integer> {

    private static final long serialVersionUID = 1L;

    private static final int NONE = -1;

    @Override
    public Integer convert(String value) {
      try {
        return Integer.valueOf(value.strip());
      } catch (NumberFormatException e) {
        return NONE;
      }
    }
  }

  /** A time, as {@code 90s}, {@code 30m} or {@code 1h}; what is none is shorter than nothing. */
  @RegisterForReflection
  final class Time implements Converter<Duration> {

    private static final long serialVersionUID = 1L;

    private static final Duration NONE = Duration.ofSeconds(-1);

    @Override
    public Duration convert(String value) {
      try {
        return Optional.ofNullable(DurationConverter.parseDuration(value.strip())).orElse(NONE);
      } catch (IllegalArgumentException | ArithmeticException e) {
        return NONE;
      }
    }
  }
}
