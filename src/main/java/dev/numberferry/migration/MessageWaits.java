package dev.numberferry.migration;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.QueueMessage;
import dev.numberferry.messaging.MessageVisibility;
import dev.numberferry.rules.WaitRule;
import dev.numberferry.support.Machine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets a queue's message that has to come again come back at the right time. */
@ApplicationScoped
public class MessageWaits {

  private static final Logger LOG = Logger.getLogger(MessageWaits.class);

  private final MessageVisibility visibility;
  private final Machine machine;

  MessageWaits(MessageVisibility visibility, Machine machine) {
    this.visibility = visibility;
    this.machine = machine;
  }

  /**
   * Sets when a message comes back; where that fails, it comes back when its queue says.
   *
   * @param result how its run ended; nothing where it has none
   */
  public void set(QueueMessage message, Optional<MigrationResult> result) {
    Duration wait =
        new WaitRule(machine.random())
            .wait(result.map(MigrationResult::outcome), message.receives(), machine.now());
    try (LogContext context = LogContext.of(result)) {
      hide(message, wait);
    }
  }

  private void hide(QueueMessage message, Duration wait) {
    try {
      visibility.hide(message, wait);
      LOG.infof(
          "Message %s has to come again, and comes back in %s s", message.id(), wait.toSeconds());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warnf(
          "Message %s has to come again, and comes back when its queue says: %s",
          message.id(), UnexpectedFailure.words(e));
    }
  }
}
