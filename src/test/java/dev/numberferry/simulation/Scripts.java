package dev.numberferry.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.numberferry.domain.BrakeState.Engagement;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.StoreException;
import dev.numberferry.event.Payload;
import dev.numberferry.function.BackupUploadedFunction;
import dev.numberferry.function.BrakeAnswer;
import dev.numberferry.function.BrakeFunction;
import dev.numberferry.function.MigrateFunction;
import dev.numberferry.function.SqsBatchResponse;
import dev.numberferry.function.SweepFunction;
import dev.numberferry.ledger.NumberHistory;
import dev.numberferry.migration.SideRequests;
import dev.numberferry.simulation.Call.Done;
import dev.numberferry.simulation.Call.Service;
import dev.numberferry.simulation.Remote.NoAnswer;
import dev.numberferry.simulation.Run.Script;
import dev.numberferry.support.Invocation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What processes do: AWS invokes a function, or a person does something and then invokes one. */
final class Scripts {

  private static final End DONE = End.of("done");

  private final Program program;

  Scripts(Program program) {
    this.program = program;
  }

  /** An event that invokes the function. */
  Script event(ObjectNode event) {
    return run -> {
      Beans beans = begun(run, Snapshot.NOTHING);
      return ended(() -> migrate(beans, event));
    };
  }

  /** The same through the queue. */
  Script message(ObjectNode event, int receives) {
    return run -> {
      Beans beans = begun(run, Snapshot.NOTHING);
      SqsBatchResponse answer =
          (SqsBatchResponse)
              beans
                  .get(MigrateFunction.class)
                  .migrate(
                      Payload.of(message(Source.of(run.process()), event.toString(), receives)));
      return answer.batchItemFailures().isEmpty() ? End.TAKEN : End.FAILED;
    };
  }

  /** S3 tells of an upload. */
  Script upload(ObjectNode notification, String key) {
    return run -> {
      Beans beans = begun(run, it -> it.bucket().current(key));
      return ended(
          () -> {
            List<?> results =
                (List<?>)
                    beans
                        .get(BackupUploadedFunction.class)
                        .backupUploaded(Payload.of(notification));
            return (MigrationResult) results.get(0);
          });
    };
  }

  Script sweep() {
    return run -> {
      Beans beans = begun(run, Snapshot.NOTHING);
      try {
        beans.get(SweepFunction.class).sweep(Payload.of("{}"));
        return DONE;
      } catch (RuntimeException e) {
        return End.FAILED;
      }
    };
  }

  /** A person sends what {@code GET /migrations} offers. */
  Script retry(String number, ObjectNode event) {
    return run -> {
      Beans beans = begun(run, Snapshot.NOTHING);
      Optional<Retry> offered;
      try {
        offered =
            beans
                .get(SideRequests.class)
                .history(new PhoneNumberId(number))
                .map(NumberHistory::retry);
      } catch (StoreException e) {
        return End.FAILED;
      }
      return offered
          .map(it -> ended(() -> migrate(beans, with(event, it))).after(it))
          .orElse(End.of("nothing to retry"));
    };
  }

  private static ObjectNode with(ObjectNode event, Retry retry) {
    ObjectNode next = event.deepCopy();
    ObjectNode said = next.putObject("retry");
    said.put("after", retry.after()).put("reason", "I have looked");
    Optional.ofNullable(retry.state()).ifPresent(it -> said.put("state", it));
    return next;
  }

  /** A person stores the right PIN, and sends the event once more. */
  Script rightPin(String secret, String text, ObjectNode event) {
    return run -> {
      Beans beans = begun(run, Snapshot.NOTHING);
      does(
          run,
          "stores the right PIN",
          it -> it.withVault(it.vault().with(secret, new Vault.Version(run.process(), text))));
      return ended(() -> migrate(beans, event));
    };
  }

  /** A person releases what engages the brake, one after the other. */
  Script release() {
    return run -> {
      Beans beans = begun(run, Snapshot.NOTHING);
      BrakeFunction brake = beans.get(BrakeFunction.class);
      try {
        BrakeAnswer answer = brake.brake(Payload.of("{}"));
        Optional<String> engaged = Optional.ofNullable(answer.engaged()).map(Engagement::brakeId);
        engaged.ifPresent(
            it ->
                brake.brake(
                    Payload.of(
                        JsonNodeFactory.instance
                            .objectNode()
                            .put("release", "put right")
                            .put("by", "Kim")
                            .put("brakeId", it))));
        return End.of(engaged.isPresent() ? "released" : "nothing to release");
      } catch (RuntimeException e) {
        return End.FAILED;
      }
    };
  }

  /** A person sends an event, and again with the retry that its result hands out, at once. */
  Script insist(ObjectNode event) {
    return run -> {
      Beans beans = begun(run, Snapshot.NOTHING);
      Optional<Retry> offered;
      try {
        offered = offered(migrate(beans, event).outcome());
      } catch (RuntimeException e) {
        return End.FAILED;
      }
      return offered
          .map(it -> ended(() -> migrate(beans, with(event, it))).after(it))
          .orElse(End.of("nothing to retry"));
    };
  }

  private static Optional<Retry> offered(Outcome outcome) {
    Optional<Retry> offered = Optional.ofNullable(outcome.retry());
    if (outcome.reason() == Reason.STATE && offered.filter(it -> it.state() != null).isEmpty()) {
      throw new Violation("Whom a state holds back is told what to quote", outcome.toString());
    }
    return offered;
  }

  /** A person does something, or something happens. */
  Script happening(String words, UnaryOperator<Outside> change) {
    return run -> {
      does(run, words, change);
      return DONE;
    };
  }

  /** What a process remembers of how things were when it began. */
  interface Snapshot extends Function<Outside, Object> {
    Snapshot NOTHING = outside -> true;
  }

  private Beans begun(Run run, Snapshot snapshot) {
    Service asked = snapshot == Snapshot.NOTHING ? Service.MACHINE : Service.LEDGER;
    ask(run, Call.of(asked, "begins", Models.answer(snapshot)));
    Beans beans = program.start(run);
    beans.get(Invocation.class).begin();
    return beans;
  }

  private static MigrationResult migrate(Beans beans, ObjectNode event) {
    return (MigrationResult) beans.get(MigrateFunction.class).migrate(Payload.of(event));
  }

  private static End ended(Supplier<MigrationResult> invocation) {
    try {
      return End.of(invocation.get());
    } catch (RuntimeException e) {
      return End.FAILED;
    }
  }

  private static void does(Run run, String words, Function<Outside, Outside> change) {
    ask(run, Call.of(Service.HAPPENING, words, it -> Done.of(change.apply(it), true)));
  }

  private static void ask(Run run, Call call) {
    try {
      run.ask(call);
    } catch (NoAnswer e) {
      throw new AssertionError(e);
    }
  }

  private static String message(String id, String body, int receives) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ObjectNode record = event.putArray("Records").addObject();
    record
        .put("messageId", id)
        .put("receiptHandle", "receipt")
        .put("body", body)
        .put("eventSource", "aws:sqs")
        .put("eventSourceARN", "arn:aws:sqs:eu-central-1:123456789012:number-ferry-migrations");
    record.putObject("attributes").put("ApproximateReceiveCount", String.valueOf(receives));
    return event.toString();
  }
}
