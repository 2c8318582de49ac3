package dev.numberferry.messaging;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.FunctionNames;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Refuses to start where the topic, or the queue, is in another region than the one that is asked:
 * a number would be moved, and nobody could be told. Whether they have the right form is not looked
 * at here.
 */
@ApplicationScoped
class RegionCheck {

  private static final Pattern TOPIC = Pattern.compile("arn:[^:]+:sns:([a-z0-9-]+):.*");

  /** Of SQS's own host names; any other tells no region. */
  private static final Pattern QUEUE =
      Pattern.compile("https://sqs(?:-fips)?\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/.*");

  private final FerryConfig config;
  private final SnsClient sns;
  private final boolean needsQueue;

  RegionCheck(
      FerryConfig config,
      SnsClient sns,
      @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function) {
    this.config = config;
    this.sns = sns;
    this.needsQueue = function.filter(FunctionNames.API::equals).isPresent();
  }

  void onStart(@Observes StartupEvent start) {
    String region = sns.serviceClientConfiguration().region().id();
    ofTopic(config.topicArn(), region)
        .or(() -> config.queueUrl().filter(it -> needsQueue).flatMap(it -> ofQueue(it, region)))
        .ifPresent(
            it -> {
              throw new ConfigurationException("Wrong configuration. " + it);
            });
  }

  static Optional<String> ofTopic(String arn, String region) {
    return problem("FERRY_TOPIC_ARN", TOPIC.matcher(arn), region);
  }

  static Optional<String> ofQueue(String url, String region) {
    return problem("FERRY_QUEUE_URL", QUEUE.matcher(url), region);
  }

  private static Optional<String> problem(String variable, Matcher place, String region) {
    return place.matches() && !place.group(1).equals(region)
        ? Optional.of(
            "%s must be in the function's region: it is in %s, and AWS_REGION is %s."
                .formatted(variable, place.group(1), region))
        : Optional.empty();
  }
}
