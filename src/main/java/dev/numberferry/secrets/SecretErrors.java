package dev.numberferry.secrets;

import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.support.AwsErrors;
import dev.numberferry.support.Setting;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.LimitExceededException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** What Secrets Manager answers instead of a secret, in the operator's words. */
final class SecretErrors {

  private static final String STORE = "Store it as JSON, in the form that docs/install.md has.";

  private SecretErrors() {}

  static RuntimeException of(String permission, String id, SdkException thrown) {
    return thrown instanceof SecretsManagerException answer
        ? answered(permission, id, answer)
        : AwsErrors.of(permission, name(id), Setting.SECRETS, thrown);
  }

  static InvalidInputException empty(String id) {
    return new InvalidInputException(name(id), "has no value", STORE);
  }

  static InvalidInputException binary(String id) {
    return new InvalidInputException(
        name(id), "holds binary data", "Store it as text, in the form that docs/install.md has.");
  }

  static InvalidInputException garbled(String id) {
    return new InvalidInputException(
        name(id),
        "was stored in a wrong encoding",
        "Store it again from a file in UTF-8 without byte order mark, or in the console.");
  }

  private static RuntimeException answered(
      String permission, String id, SecretsManagerException answer) {
    if (answer instanceof LimitExceededException) {
      return new StoreException(
          "%s on %s failed: it has too many new versions".formatted(permission, name(id)),
          "Nothing was sent: send the same event again tomorrow, or store a PIN in the secret"
              + " yourself.");
    }
    if (answer instanceof ResourceExistsException) {
      return StoreException.contended(name(id));
    }
    return unusable(id, answer)
        .<RuntimeException>map(it -> it)
        .orElseGet(() -> AwsErrors.of(permission, name(id), Setting.SECRETS, answer));
  }

  /** What a person has to correct, where that is what the answer means. */
  private static Optional<InvalidInputException> unusable(
      String id, SecretsManagerException answer) {
    if (answer instanceof ResourceNotFoundException) {
      // The same code for a secret that is not there, and for one that was made without a value.
      return Optional.of(AwsErrors.mentions(answer, "secret value") ? empty(id) : missing(id));
    }
    if (answer instanceof InvalidRequestException && AwsErrors.mentions(answer, "delet")) {
      return Optional.of(
          invalid(
              id,
              "is marked for deletion",
              "Restore it in Secrets Manager, or name another in the event's secretId."));
    }
    if (answer instanceof InvalidRequestException || answer instanceof InvalidParameterException) {
      return Optional.of(
          invalid(
              id,
              "cannot be used",
              "Check its name, and that it is not marked for deletion or managed by another"
                  + " service."));
    }
    return AwsErrors.code(answer)
        .filter("ValidationException"::equals)
        .map(it -> invalid(id, "is not a name that a secret can have", "Correct secretId."));
  }

  private static InvalidInputException missing(String id) {
    return invalid(
        id,
        "does not exist",
        "Create it in the function's region, or correct what names it: the event's secretId,"
            + " FERRY_SECRET_ID or FERRY_TOKEN_SECRET_ID.");
  }

  private static InvalidInputException invalid(String id, String problem, String cure) {
    return new InvalidInputException(name(id), problem, cure);
  }

  private static String name(String id) {
    return "secret " + id;
  }
}
