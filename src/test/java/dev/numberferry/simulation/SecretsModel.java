package dev.numberferry.simulation;

import dev.numberferry.simulation.Call.Done;
import dev.numberferry.simulation.Call.Service;
import dev.numberferry.simulation.Vault.Version;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets Manager as a process sees it. */
final class SecretsModel implements SecretsManagerClient {

  private final Remote remote;

  SecretsModel(Remote remote) {
    this.remote = remote;
  }

  @Override
  @SuppressWarnings("unchecked")
  public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
    Optional<String> version = Optional.ofNullable(request.versionId());
    Optional<Version> found =
        (Optional<Version>)
            Models.ask(
                remote,
                Call.read(
                    Service.SECRETS,
                    "GetSecretValue " + version.orElse("current"),
                    Models.answer(it -> it.vault().get(request.secretId(), version))));
    return found
        .map(
            it ->
                GetSecretValueResponse.builder().versionId(it.id()).secretString(it.text()).build())
        .orElseThrow(() -> ResourceNotFoundException.builder().statusCode(400).build());
  }

  @Override
  public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
    Version version = new Version(request.clientRequestToken(), request.secretString());
    Object done =
        Models.ask(
            remote,
            Call.write(
                Service.SECRETS,
                () -> "PutSecretValue " + version.id(),
                it -> put(it, request.secretId(), version)));
    if (done.equals(false)) {
      throw ResourceExistsException.builder().statusCode(400).build();
    }
    return PutSecretValueResponse.builder().versionId(version.id()).build();
  }

  private static Done put(Outside outside, String secret, Version version) {
    boolean taken = outside.vault().takes(secret, version);
    return Done.of(
        taken ? outside.withVault(outside.vault().with(secret, version)) : outside, taken);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
