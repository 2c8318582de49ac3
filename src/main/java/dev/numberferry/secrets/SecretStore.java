package dev.numberferry.secrets;

import dev.numberferry.InvalidInput;
import dev.numberferry.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** AWS Secrets Manager, with its failures told apart. */
@ApplicationScoped
class SecretStore {

  private static final String READ = "secretsmanager:GetSecretValue";
  private static final String WRITE = "secretsmanager:PutSecretValue";

  private final SecretsManagerClient client;

  SecretStore(SecretsManagerClient client) {
    this.client = client;
  }

  /** The current version of a secret. */
  StoredSecret read(String id) {
    try {
      var answer = client.getSecretValue(request -> request.secretId(id));
      if (answer.secretString() == null) {
        throw new InvalidInput(
            "secret " + id, "holds binary data", "Store it as text, in the README's form.");
      }
      return new StoredSecret(id, answer.versionId(), answer.secretString());
    } catch (SdkException e) {
      throw told(READ, id, e);
    }
  }

  /** Makes a text the current version of a secret. */
  void write(String id, String text) {
    try {
      client.putSecretValue(request -> request.secretId(id).secretString(text));
    } catch (SdkException e) {
      throw told(WRITE, id, e);
    }
  }

  private static RuntimeException told(String permission, String id, SdkException e) {
    String secret = "secret " + id;
    if (e instanceof ResourceNotFoundException) {
      return new InvalidInput(
          secret, "does not exist", "Create it, or correct the event's secretId.");
    }
    if (e instanceof InvalidRequestException || e instanceof InvalidParameterException) {
      return new InvalidInput(
          secret, "cannot be used", "Check its name, and that it is not marked for deletion.");
    }
    if (e instanceof DecryptionFailureException) {
      return StoreFailure.denied("kms:Decrypt", "the key of " + secret, "DecryptionFailure");
    }
    if (e instanceof SecretsManagerException answer
        && answer.awsErrorDetails() != null
        && "ValidationException".equals(answer.awsErrorDetails().errorCode())) {
      return new InvalidInput(secret, "is not a name that a secret can have", "Correct secretId.");
    }
    return StoreFailure.of(permission, secret, e);
  }
}
