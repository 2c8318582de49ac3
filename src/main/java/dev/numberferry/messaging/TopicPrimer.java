package dev.numberferry.messaging;

import dev.numberferry.FerryConfig;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Makes the topic's client ready, and TLS with it: every function has the topic. */
@ApplicationScoped
class TopicPrimer implements Primer {

  private final FerryConfig config;
  private final SnsClient sns;

  TopicPrimer(FerryConfig config, SnsClient sns) {
    this.config = config;
    this.sns = sns;
  }

  @Override
  public void prime() throws IOException {
    DryCall.makeAndShakeHands(
        dry ->
            sns.publish(
                it -> it.topicArn(config.topicArn()).message("{}").overrideConfiguration(dry)));
  }
}
