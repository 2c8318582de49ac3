package dev.numberferry.secrets;

import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.DryCall;
import dev.numberferry.support.Primer;
import dev.numberferry.support.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** AWS Secrets Manager: which of its failures mean a wrong input, and which a store that failed. */
@ApplicationScoped
class SecretStore implements Primer {

  private static final String READ = "secretsmanager:GetSecretValue";
  private static final String WRITE = "secretsmanager:PutSecretValue";

  /**
   * The label of the current version. It is what Secrets Manager reads without being told, but a
   * policy may let a reader have nothing but what names it. Source: its page on the condition key
   * secretsmanager:VersionStage.
   */
  private static final String CURRENT = "AWSCURRENT";

  private final SecretsManagerClient client;

  SecretStore(SecretsManagerClient client) {
    this.client = client;
  }

  /**
   * The current version of a secret.
   *
   * @throws InvalidInputException if there is none, or no text in it that can be read
   * @throws StoreException if Secrets Manager denied access or failed
   */
  StoredSecret read(String id) {
    return read(current(id));
  }

  /** An earlier version of a secret, or nothing where Secrets Manager no longer has it. */
  Optional<StoredSecret> readVersion(String id, String versionId) {
    return find(GetSecretValueRequest.builder().secretId(id).versionId(versionId));
  }

  /** The current version of a secret, or nothing where that is another one. */
  Optional<StoredSecret> readCurrent(String id, String versionId) {
    return find(current(id).versionId(versionId));
  }

  /**
   * Makes a text the current version of a secret.
   *
   * @param versionId the id that the version will have; the same write again changes nothing
   * @throws InvalidInputException if the secret is not one that takes another version
   * @throws StoreException if Secrets Manager denied access or failed
   */
  void write(String id, String text, String versionId) {
    try {
      client.putSecretValue(
          request -> request.secretId(id).secretString(text).clientRequestToken(versionId));
    } catch (SdkException e) {
      throw SecretErrors.of(WRITE, id, e);
    }
  }

  private Optional<StoredSecret> find(GetSecretValueRequest.Builder request) {
    try {
      return Optional.of(read(request));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private StoredSecret read(GetSecretValueRequest.Builder builder) {
    GetSecretValueRequest request = builder.build();
    String id = request.secretId();
    try {
      var answer = client.getSecretValue(request);
      return new StoredSecret(id, answer.versionId(), text(id, answer));
    } catch (SdkException e) {
      throw SecretErrors.of(READ, id, e);
    }
  }

  private static GetSecretValueRequest.Builder current(String id) {
    return GetSecretValueRequest.builder().secretId(id).versionStage(CURRENT);
  }

  @Override
  public boolean isFor(String function) {
    return !function.equals(FunctionNames.BRAKE) && !function.equals(FunctionNames.FLEET);
  }

  /** Makes the client and the reading of secrets ready. */
  @Override
  public void prime() throws IOException {
    new StoredSecret("none", "1", "{}").fields();
    DryCall.make(dry -> client.getSecretValue(current("none").overrideConfiguration(dry).build()));
  }

  private static String text(String id, GetSecretValueResponse answer) {
    String text = answer.secretString();
    if (text == null && answer.secretBinary() != null) {
      throw SecretErrors.binary(id);
    }
    if (text == null || Texts.trimmed(text).isEmpty()) {
      throw SecretErrors.empty(id);
    }
    if (Texts.isGarbled(text)) {
      throw SecretErrors.garbled(id);
    }
    return text;
  }
}
