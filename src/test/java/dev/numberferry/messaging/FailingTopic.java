package dev.numberferry.messaging;

import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Urgency;

/** A real topic, before whose publishing something may happen. */
public final class FailingTopic extends ResultTopic {

  private final ResultTopic real;
  private final Runnable before;

  public FailingTopic(ResultTopic real, Runnable before) {
    super(null, null, null);
    this.real = real;
    this.before = before;
  }

  @Override
  public void publish(MigrationResult result, Urgency urgency) {
    before.run();
    real.publish(result, urgency);
  }
}
