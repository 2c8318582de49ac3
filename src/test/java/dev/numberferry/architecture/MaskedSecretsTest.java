package dev.numberferry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.Secret;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No record prints a secret that is in it, at whatever depth: one that reaches a log or a message
 * by being concatenated is masked there.
 */
class MaskedSecretsTest {

  /** Names of texts that are secrets as they come from outside or go there. */
  private static final Set<String> SECRET_NAMES =
      Set.of(
          "accessToken",
          "appSecret",
          "authorization",
          "backupPassword",
          "body",
          "data",
          "password",
          "pin",
          "proof",
          "token");

  /** What the function answers to a request: a result, and no secret. */
  private static final String ANSWER = MainClasses.ROOT + ".function.HttpResponse$Wire";

  @Test
  void everySecretIsARecord() {
    assertThat(MainClasses.loaded().filter(Secret.class::isAssignableFrom))
        .allMatch(type -> type.isInterface() || type.isRecord());
  }

  @ParameterizedTest
  @MethodSource("records")
  void aSecretIsMaskedWhereItIsPrinted(Class<?> type) {
    Object filled = new RecordFiller(MaskedSecretsTest::isSecret).fill(type);

    assertThat(filled.toString()).doesNotContain(RecordFiller.SECRET);
  }

  static Stream<Class<?>> records() {
    return MainClasses.loaded().filter(Class::isRecord);
  }

  /** One of each kind: the test above would pass if it took nothing for a secret. */
  @ParameterizedTest
  @CsvSource({
    "domain.Pin, value",
    "domain.BackupSource$InlineBackup, value",
    "event.HttpRequest, body",
    "event.BackupField, data",
    "secrets.StoredSecret$Fields, accessToken",
    "whatsapp.GraphResponse, json",
    "whatsapp.RegisterBody, pin"
  })
  void thisCountsAsASecret(String record, String component) {
    assertThat(
            Arrays.stream(MainClasses.named(record).reflect().getRecordComponents())
                .filter(it -> it.getName().equals(component)))
        .hasSize(1)
        .allMatch(MaskedSecretsTest::isSecret);
  }

  /** JSON that was not read yet is what somebody else has sent: it may hold or echo anything. */
  private static boolean isSecret(RecordComponent component) {
    Class<?> owner = component.getDeclaringRecord();
    return Secret.class.isAssignableFrom(owner)
        || (SECRET_NAMES.contains(component.getName()) && !owner.getName().equals(ANSWER))
        || component.getGenericType().getTypeName().contains(JsonNode.class.getName());
  }
}
