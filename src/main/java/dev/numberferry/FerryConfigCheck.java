package dev.numberferry;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;

/** Refuses to start on a setting that would only be found wrong at the first migration. */
@ApplicationScoped
class FerryConfigCheck {

  private final FerryConfig config;

  FerryConfigCheck(FerryConfig config) {
    this.config = config;
  }

  void onStart(@Observes StartupEvent start) {
    List<String> problems = problems(config);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("Wrong configuration. " + String.join(" ", problems));
    }
  }

  static List<String> problems(FerryConfig config) {
    List<String> problems = new ArrayList<>();
    String topic = config.topicArn().orElse("");
    if (!topic.matches("arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+")) {
      problems.add("FERRY_TOPIC_ARN must be the ARN of the standard SNS topic for the results.");
    }
    if (config.secretPrefix().isEmpty()) {
      problems.add(
          "FERRY_SECRET_ID must be a name such as whatsapp/{phoneNumberId}, with something before"
              + " {phoneNumberId}: events may name no secret outside of that prefix.");
    }
    if (config.tokenSecretId().filter(String::isBlank).isPresent()) {
      problems.add("FERRY_TOKEN_SECRET_ID must be the name of a secret, or not be set.");
    }
    if (!config.graphVersion().matches("v[0-9]{1,3}\\.[0-9]{1,2}")) {
      problems.add("FERRY_GRAPH_VERSION must be a Graph API version such as v25.0.");
    }
    return problems;
  }
}
