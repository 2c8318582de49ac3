package dev.numberferry.migration;

import dev.numberferry.InvalidInput;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.StoreFailure;
import dev.numberferry.backup.Backup;
import dev.numberferry.backup.Backups;
import dev.numberferry.notify.ResultTopic;
import dev.numberferry.secrets.NumberSecret;
import dev.numberferry.secrets.NumberSecrets;
import dev.numberferry.whatsapp.RegisterCall;
import dev.numberferry.whatsapp.RegisterOutcome;
import dev.numberferry.whatsapp.Registration;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** The story of a migration: read the inputs → register → publish. */
@ApplicationScoped
public class Migration {

  private static final Logger LOG = Logger.getLogger(Migration.class);

  private final NumberSecrets secrets;
  private final Backups backups;
  private final Registration registration;
  private final ResultTopic topic;
  private final Clock clock;

  Migration(
      NumberSecrets secrets,
      Backups backups,
      Registration registration,
      ResultTopic topic,
      Clock clock) {
    this.secrets = secrets;
    this.backups = backups;
    this.registration = registration;
    this.topic = topic;
    this.clock = clock;
  }

  /**
   * Moves a number, with at most one call of {@code register}, and publishes how it ended.
   *
   * @throws NotSentException if nothing was sent and the same event may be delivered again
   * @throws NotPublishedException if the topic did not take the result
   */
  public MigrationResult carry(MigrationRequest request) {
    Run run = Run.begin(Optional.of(request.phoneNumberId()), clock);
    try {
      NumberSecret secret = secrets.read(request.phoneNumberId(), request.secretId());
      LOG.infof("Read %s, version %s", secret.id(), secret.versionId());
      Backup backup = backups.read(request.backup());
      run.readFrom(backup.object());
      LOG.info("Read the backup");
      return tell(run.end(Ending.of(register(request, withPin(secret), backup))));
    } catch (InvalidInput e) {
      return tell(run.end(Ending.of(e)));
    } catch (StoreFailure e) {
      return tell(run.end(Ending.of(e)));
    }
  }

  /**
   * Publishes that an event cannot be used.
   *
   * @param number the number that the event names, where it can be read
   * @throws NotPublishedException if the topic did not take the result
   */
  public MigrationResult refuse(Optional<PhoneNumberId> number, InvalidInput reason) {
    return tell(Run.begin(number, clock).end(Ending.of(reason)));
  }

  private NumberSecret withPin(NumberSecret secret) {
    if (secret.pin().isPresent()) {
      return secret;
    }
    LOG.info("Two-step verification is off: storing a new PIN in the secret");
    return secrets.generatePin(secret);
  }

  private RegisterOutcome register(MigrationRequest request, NumberSecret secret, Backup backup) {
    LOG.info("Calling register, once");
    RegisterOutcome outcome =
        registration.register(
            new RegisterCall(
                request.phoneNumberId(),
                secret.token(),
                secret.pin().orElseThrow(),
                secret.password(),
                backup.data(),
                request.dataLocalizationRegion()));
    if (outcome.tokenRefused()) {
      secrets.forgetSharedToken();
    }
    return outcome;
  }

  private MigrationResult tell(MigrationResult result) {
    LOG.infof("Ended: %s", result.summary());
    try {
      topic.publish(result);
    } catch (SdkException e) {
      LOG.errorf("The result was not published (%s). It was: %s", cause(e), result.summary());
      throw new NotPublishedException(result);
    }
    LOG.info("Published the result");
    if (result.status() == Status.NOT_SENT) {
      throw new NotSentException(result);
    }
    return result;
  }

  private static String cause(SdkException e) {
    return StoreFailure.of("sns:Publish", "the topic", e).getMessage();
  }
}
