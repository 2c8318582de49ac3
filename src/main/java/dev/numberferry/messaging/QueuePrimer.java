package dev.numberferry.messaging;

import dev.numberferry.FerryConfig;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes the queue's client ready where callers may ask not to wait. */
@ApplicationScoped
class QueuePrimer implements Primer {

  private final FerryConfig config;
  private final SqsClient sqs;

  QueuePrimer(FerryConfig config, SqsClient sqs) {
    this.config = config;
    this.sqs = sqs;
  }

  @Override
  public boolean isFor(String function) {
    return function.equals("api");
  }

  @Override
  public void prime() throws IOException {
    DryCall.make(
        dry ->
            sqs.sendMessage(
                it ->
                    it.queueUrl(config.queueUrl().orElseThrow())
                        .messageBody("{}")
                        .overrideConfiguration(dry)));
  }
}
