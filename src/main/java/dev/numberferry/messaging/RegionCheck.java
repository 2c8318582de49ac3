package dev.numberferry.messaging;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.support.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

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
      Pattern.compile(
          "https://sqs(?:-fips)?\\.([a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)/.*");

  private final FerryConfig config;
  private final Config settings;
  private final SnsClient sns;
  private final SqsClient sqs;

  RegionCheck(FerryConfig config, Config settings, SnsClient sns, SqsClient sqs) {
    this.config = config;
    this.settings = settings;
    this.sns = sns;
    this.sqs = sqs;
  }

  void onStart(@Observes StartupEvent start) {
    String function = settings.getOptionalValue("quarkus.funqy.export", String.class).orElse("");
    WrongSettings.stop(WrongSettings.stoppingOrLogged(problems(function), function));
  }

  /** Nothing in a container of {@code sam local}, whose region is that of who runs it. */
  List<String> problems(String function) {
    if (settings.getOptionalValue("AWS_SAM_LOCAL", Boolean.class).orElse(false)) {
      return List.of();
    }
    return Stream.concat(
            ofTopic(config.topicArn(), sns.serviceClientConfiguration().region().id()).stream(),
            config
                .queueUrl()
                .filter(it -> function.equals(FunctionNames.API))
                .flatMap(it -> ofQueue(it, sqs.serviceClientConfiguration().region().id()))
                .stream())
        .toList();
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
            "%s must be in the region that is asked: it is in %s, and %s is asked."
                .formatted(variable, place.group(1), region))
        : Optional.empty();
  }
}
