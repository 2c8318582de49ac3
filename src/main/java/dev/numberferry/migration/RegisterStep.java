package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.domain.Status;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.migration.LogContext.Step;
import dev.numberferry.rules.CallRules;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.secrets.PinGenerator;
import dev.numberferry.support.Deadline;
import dev.numberferry.support.Durations;
import dev.numberferry.whatsapp.RegisterCall;
import dev.numberferry.whatsapp.RegisterCallBuilder;
import dev.numberferry.whatsapp.RegisterOutcome;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import dev.numberferry.whatsapp.Registration;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Calls {@code register} for the run that has claimed the number, and turns the answer into an
 * outcome.
 */
@ApplicationScoped
class RegisterStep {

  private static final Logger LOG = Logger.getLogger(RegisterStep.class);

  private final FerryConfig config;
  private final NumberSecrets secrets;
  private final PinGenerator pins;
  private final Registration registration;
  private final Reconciler reconciler;

  RegisterStep(
      FerryConfig config,
      NumberSecrets secrets,
      PinGenerator pins,
      Registration registration,
      Reconciler reconciler) {
    this.config = config;
    this.secrets = secrets;
    this.pins = pins;
    this.registration = registration;
    this.reconciler = reconciler;
  }

  /**
   * Whatever happens, an outcome leaves it and no exception does: what fails before the call ends
   * the attempt as one that sent nothing.
   *
   * @param run until its deadline WhatsApp's answer has to be there
   * @param claimed the entry with this run's claim in it
   */
  Outcome register(
      MigrationRun run, MigrationRequest request, Inputs inputs, LedgerSnapshot claimed) {
    Deadline deadline = run.deadline();
    RegisterCall call;
    try {
      Optional<Outcome> braked = braked(claimed);
      if (braked.isPresent()) {
        return braked.get();
      }
      call = call(request, inputs, () -> isTooLate(claimed, deadline));
      if (call.tooLate().getAsBoolean()) {
        return notSent(NotSent.tooLate());
      }
      LOG.info("Calling register, once");
    } catch (RuntimeException | OutOfMemoryError e) {
      return UnexpectedFailure.beforeTheCall(e);
    }
    try {
      RegisterOutcome outcome = run.report().register(() -> registration.register(call));
      return outcome.match(
          registered -> Outcome.migrated(),
          refused -> refused(refused, claimed.now()),
          RegisterStep::notSent,
          unclear -> reconciled(run, call, unclear));
    } catch (RuntimeException | OutOfMemoryError e) {
      return UnexpectedFailure.afterTheCall(e);
    }
  }

  private Outcome reconciled(MigrationRun run, RegisterCall call, Unclear unclear) {
    Step.RECONCILE.begins();
    return run.report()
        .reconcile(
            () ->
                reconciler.reconcile(call.number(), call.token(), unclear.error(), run.deadline()));
  }

  /** A claim whose answer was lost is read again, and the brake with it. */
  private static Optional<Outcome> braked(LedgerSnapshot claimed) {
    return CallRules.braked(claimed).map(it -> it.withStatus(Status.NOT_SENT).withReason(null));
  }

  private static Outcome notSent(NotSent notSent) {
    return Outcome.notSent(notSent.error(), notSent.nextStep());
  }

  private Outcome refused(Refused refused, Instant now) {
    if (refused.tokenRefused()) {
      secrets.forgetSharedToken();
    }
    return Outcome.rejected(refused.error(), refused.nextStep())
        .withRetryIn(refused.retryAfter(), now);
  }

  /** Whether a run that begins now ends in time, as far as that can be told. */
  boolean hasTimeForARun(Deadline deadline) {
    return !deadline.minus(timeForARun(config, registration.longest())).isOver();
  }

  /**
   * The time for the call and for what comes before it: an eighth of all, or half of what there is
   * where that is less, so that the first run of an invocation begins.
   *
   * @param call the longest that a call can take
   */
  static Duration timeForARun(FerryConfig config, Duration call) {
    Duration eighth = config.functionTimeout().dividedBy(8);
    Duration half = config.workTime().minus(call).dividedBy(2);
    return call.plus(Durations.shorter(eighth, half));
  }

  /** Whether the answer to a call that is made now comes before the deadline. */
  private boolean hasTime(Deadline deadline) {
    return !deadline.minus(registration.longest()).isOver();
  }

  private RegisterCall call(MigrationRequest request, Inputs inputs, BooleanSupplier tooLate) {
    NumberSecret secret = withPin(inputs);
    return RegisterCallBuilder.builder()
        .number(request.phoneNumberId())
        .token(secret.token())
        .pin(secret.pin().orElseThrow())
        .password(secret.password())
        .backup(inputs.backup().data())
        .dataLocalizationRegion(request.dataLocalizationRegion())
        .tooLate(tooLate)
        .build();
  }

  private NumberSecret withPin(Inputs inputs) {
    if (inputs.secret().pin().isPresent()) {
      return inputs.secret();
    }
    LOG.info("Two-step verification is off: storing a new PIN in the secret");
    return pins.generate(inputs.secret(), Objects.requireNonNull(inputs.key().pinVersion()));
  }

  /**
   * Nobody would hear an answer for which Lambda leaves no time; and a process that Lambda froze
   * goes on later, when another run may have closed its claim.
   */
  private boolean isTooLate(LedgerSnapshot claimed, Deadline deadline) {
    Duration half = config.longestRun().dividedBy(2);
    boolean fresh =
        claimed
            .entry()
            .open()
            .filter(it -> claimed.age(it.claimedAt()).compareTo(half) <= 0)
            .isPresent();
    return !fresh || !hasTime(deadline);
  }
}
