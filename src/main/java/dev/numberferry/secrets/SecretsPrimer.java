package dev.numberferry.secrets;

import dev.numberferry.FerryConfig;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes the client of Secrets Manager and the reading of secrets ready. */
@ApplicationScoped
class SecretsPrimer implements Primer {

  private final FerryConfig config;
  private final SecretsManagerClient client;

  SecretsPrimer(FerryConfig config, SecretsManagerClient client) {
    this.config = config;
    this.client = client;
  }

  @Override
  public boolean isFor(String function) {
    return !function.equals("brake");
  }

  @Override
  public void prime() throws IOException {
    new StoredSecret("none", "1", "{}").fields();
    DryCall.make(
        dry ->
            client.getSecretValue(
                it -> it.secretId(config.secretPrefix()).overrideConfiguration(dry)));
  }
}
