package dev.numberferry.secrets;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** AWS Secrets Manager: which of its failures mean a wrong input, and which a store that failed. */
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
    return read(id, null);
  }

  /** An earlier version of a secret, or nothing where Secrets Manager no longer has it. */
  Optional<StoredSecret> readVersion(String id, String versionId) {
    try {
      return Optional.of(read(id, versionId));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes a text the current version of a secret.
   *
   * @param versionId the id that the version will have; the same write again changes nothing
   */
  void write(String id, String text, String versionId) {
    try {
      client.putSecretValue(
          request -> request.secretId(id).secretString(text).clientRequestToken(versionId));
    } catch (SdkException e) {
      throw told(WRITE, id, e);
    }
  }

  private StoredSecret read(String id, String versionId) {
    try {
      var answer = client.getSecretValue(request -> request.secretId(id).versionId(versionId));
      if (answer.secretString() == null) {
        throw new InvalidInputException(
            "secret " + id, "holds binary data", "Store it as text, in the README's form.");
      }
      return new StoredSecret(id, answer.versionId(), answer.secretString());
    } catch (SdkException e) {
      throw told(READ, id, e);
    }
  }

  private static RuntimeException told(String permission, String id, SdkException e) {
    String secret = "secret " + id;
    if (e instanceof ResourceNotFoundException) {
      return new InvalidInputException(
          secret, "does not exist", "Create it, or correct the event's secretId.");
    }
    if (e instanceof InvalidRequestException || e instanceof InvalidParameterException) {
      return new InvalidInputException(
          secret, "cannot be used", "Check its name, and that it is not marked for deletion.");
    }
    if (e instanceof DecryptionFailureException) {
      return StoreException.denied("kms:Decrypt", "the key of " + secret, "DecryptionFailure");
    }
    if (e instanceof SecretsManagerException answer
        && answer.awsErrorDetails() != null
        && "ValidationException".equals(answer.awsErrorDetails().errorCode())) {
      return new InvalidInputException(
          secret, "is not a name that a secret can have", "Correct secretId.");
    }
    return AwsErrors.of(permission, secret, e);
  }
}
