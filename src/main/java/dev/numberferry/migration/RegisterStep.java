package dev.numberferry.migration;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.MigrationRequest;
import dev.numberferry.domain.Outcome;
import dev.numberferry.ledger.LedgerSnapshot;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.secrets.PinGenerator;
import dev.numberferry.whatsapp.RegisterCall;
import dev.numberferry.whatsapp.RegisterCallBuilder;
import dev.numberferry.whatsapp.RegisterOutcome;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.Registration;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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
   * @param claimed the entry with this run's claim in it
   */
  Outcome register(MigrationRequest request, Inputs inputs, LedgerSnapshot claimed) {
    RegisterCall call;
    try {
      call = call(request, inputs, claimed);
      if (isTooLate(claimed)) {
        return Outcome.notSent(
            ErrorDetails.of("the run stood still for so long that its claim may be gone"),
            "Nothing was sent: send the same event again.");
      }
      LOG.info("Calling register, once");
    } catch (RuntimeException | OutOfMemoryError e) {
      return UnexpectedFailure.beforeTheCall(e);
    }
    try {
      return outcomeOf(registration.register(call), call, claimed.now());
    } catch (RuntimeException | OutOfMemoryError e) {
      return UnexpectedFailure.afterTheCall(e);
    }
  }

  private Outcome outcomeOf(RegisterOutcome outcome, RegisterCall call, Instant now) {
    return outcome.match(
        registered -> Outcome.migrated(),
        refused -> refused(refused, now),
        notSent -> Outcome.notSent(notSent.error(), notSent.nextStep()),
        unclear -> reconciler.reconcile(call.number(), call.token(), unclear.error()));
  }

  private Outcome refused(Refused refused, Instant now) {
    if (refused.tokenRefused()) {
      secrets.forgetSharedToken();
    }
    return Outcome.rejected(refused.error(), refused.nextStep())
        .withRetryIn(refused.retryAfter(), now);
  }

  private RegisterCall call(MigrationRequest request, Inputs inputs, LedgerSnapshot claimed) {
    NumberSecret secret = withPin(inputs);
    return RegisterCallBuilder.builder()
        .number(request.phoneNumberId())
        .token(secret.token())
        .pin(secret.pin().orElseThrow())
        .password(secret.password())
        .backup(inputs.backup().data())
        .dataLocalizationRegion(request.dataLocalizationRegion())
        .tooLate(() -> isTooLate(claimed))
        .build();
  }

  private NumberSecret withPin(Inputs inputs) {
    if (inputs.secret().pin().isPresent()) {
      return inputs.secret();
    }
    LOG.info("Two-step verification is off: storing a new PIN in the secret");
    return pins.generate(inputs.secret(), Objects.requireNonNull(inputs.key().pinVersion()));
  }

  /** A process that Lambda froze goes on later, when another run may have closed its claim. */
  private boolean isTooLate(LedgerSnapshot claimed) {
    Duration half = config.longestRun().dividedBy(2);
    return claimed
        .entry()
        .open()
        .filter(it -> claimed.age(it.claimedAt()).compareTo(half) <= 0)
        .isEmpty();
  }
}
