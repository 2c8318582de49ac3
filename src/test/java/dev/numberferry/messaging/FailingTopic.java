package dev.numberferry.messaging;

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
  public void publish(ResultMessage message) {
    before.run();
    real.publish(message);
  }
}
