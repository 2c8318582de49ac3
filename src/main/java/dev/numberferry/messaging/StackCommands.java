package dev.numberferry.messaging;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.PhoneNumberId;
import java.time.Instant;
import java.util.Optional;

/**
 * Commands for a shell. They read each name from the stack's outputs, so that the stack's own name
 * and the region are all they need.
 *
 * @param stack its name, where that is set
 */
record StackCommands(Optional<String> stack, String region) {

  private static final int REGION_IN_ARN = 3;

  /** The topic is in the region that is asked: {@link RegionCheck}. */
  static StackCommands of(FerryConfig config) {
    String[] arn = config.topicArn().split(":", -1);
    return new StackCommands(config.stack(), arn.length > REGION_IN_ARN ? arn[REGION_IN_ARN] : "");
  }

  /** Where it is, in words. */
  String words() {
    return stack.orElse("not told, as FERRY_STACK is not set") + ", in " + region;
  }

  /** What the other commands need. */
  void begin(MailText mail) {
    mail.part("COMMANDS, for a shell with AWS CLI 2. First, for those that follow:")
        .raw("REGION=" + quoted(region));
    if (stack.isEmpty()) {
      mail.raw("# FERRY_STACK is not set: this tells the names of the stacks, write yours below.")
          .raw("aws cloudformation describe-stacks --region \"$REGION\" \\")
          .raw("  --query 'Stacks[].StackName' --output text");
    }
    mail.raw("STACK=" + quoted(stack.orElse("")))
        .raw("output() { aws cloudformation describe-stacks --region \"$REGION\" \\")
        .raw("  --stack-name \"$STACK\" --output text \\")
        .raw("  --query \"Stacks[0].Outputs[?OutputKey=='$1'].OutputValue\"; }");
  }

  /** What the ledger knows of a number. */
  void ledger(MailText mail, PhoneNumberId number) {
    mail.part("What the ledger knows of the number:")
        .raw("aws dynamodb get-item --region \"$REGION\" --consistent-read \\")
        .raw("  --table-name \"$(output LedgerTable)\" \\")
        .raw("  --key '{\"phoneNumberId\": {\"S\": \"%s\"}}'".formatted(number.value()));
  }

  /**
   * The log of a migration.
   *
   * @param since its beginning
   */
  void log(MailText mail, String migrationId, Instant since) {
    mail.part("Its lines in the log:")
        .raw("for group in LogGroupName BackupUploadedLogGroupName ApiLogGroupName \\")
        .raw("    SweepLogGroupName; do")
        .raw("  aws logs filter-log-events --region \"$REGION\" --output text \\")
        .raw(
            "    --log-group-name \"$(output $group)\" --start-time %d \\"
                .formatted(since.toEpochMilli()))
        .raw(
            "    --filter-pattern %s --query 'events[].message'; done"
                .formatted(quoted("\"" + migrationId + "\"")));
  }

  /** The brake as it stands. */
  void brake(MailText mail) {
    mail.part("The brake as it stands:");
    invoke(mail, "BrakeFunctionName", "'{}'", "brake.json");
  }

  /** The release of an engagement, without who and why. */
  void release(MailText mail, String brakeId) {
    mail.part(
        "The release, when what led there is put right. Write why and who between the empty"
            + " quotes, which are refused as they are:");
    file(
        mail,
        "release.json",
        "{\"release\": \"\", \"by\": \"\", \"brakeId\": \"%s\"}".formatted(brakeId));
    invoke(mail, "BrakeFunctionName", "file://release.json", "brake.json");
  }

  /**
   * An event to the function migrate.
   *
   * @param event one line of JSON
   */
  void send(MailText mail, String event) {
    file(mail, "event.json", event);
    invoke(mail, "FunctionName", "file://event.json", "result.json");
  }

  /** A file, in which an apostrophe ends nothing. */
  private static void file(MailText mail, String name, String json) {
    mail.raw("cat > %s <<'EVENT'".formatted(name)).raw(ascii(json)).raw("EVENT");
  }

  /** Without the first and the third of its settings the CLI invokes a second time. */
  private static void invoke(MailText mail, String output, String payload, String answer) {
    mail.raw("AWS_MAX_ATTEMPTS=1 aws lambda invoke --region \"$REGION\" \\")
        .raw("  --function-name \"$(output %s)\" --cli-read-timeout 0 \\".formatted(output))
        .raw("  --cli-binary-format raw-in-base64-out \\")
        .raw("  --payload %s %s && cat %s".formatted(payload, answer, answer));
  }

  /** A text that a shell takes as it is. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** The same JSON with what cannot be seen, or looks like something else, as escapes. */
  static String ascii(String json) {
    StringBuilder plain = new StringBuilder();
    json.chars()
        .forEach(
            it -> {
              if (it >= ' ' && it <= '~') {
                plain.append((char) it);
              } else {
                plain.append("\\u%04x".formatted(it));
              }
            });
    return plain.toString();
  }
}
