package dev.numberferry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The operator's settings; {@link FerryConfigCheck} checks them when the function starts. */
@ConfigMapping(prefix = "ferry")
public interface FerryConfig {

  /** Stands for the number's id in {@link #secretId()}. */
  String ID = "{phoneNumberId}";

  /** ARN of the SNS topic that gets every result. */
  Optional<String> topicArn();

  /** Name of a number's secret; {@code {phoneNumberId}} stands for the number's id. */
  @WithDefault("whatsapp/" + ID)
  String secretId();

  /** Name of the secret with a token that serves numbers whose own secret has none. */
  Optional<String> tokenSecretId();

  /** Graph API version, such as {@code v25.0}. */
  @WithDefault("v25.0")
  String graphVersion();

  /** The name of a number's secret. */
  default String secretIdOf(PhoneNumberId number) {
    return secretId().replace(ID, number.value());
  }

  /** What every secret named by an event must begin with. */
  default String secretPrefix() {
    return secretId().substring(0, Math.max(0, secretId().indexOf(ID)));
  }
}
