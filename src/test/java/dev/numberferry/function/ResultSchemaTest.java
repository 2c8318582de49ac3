package dev.numberferry.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.numberferry.domain.BackupSource.StoredBackup;
import dev.numberferry.domain.BrakeMessage;
import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.Finding;
import dev.numberferry.domain.Harm;
import dev.numberferry.domain.Health;
import dev.numberferry.domain.MigrationResult;
import dev.numberferry.domain.Reason;
import dev.numberferry.domain.Retry;
import dev.numberferry.domain.Status;
import dev.numberferry.domain.Trigger;
import dev.numberferry.domain.Urgency;
import dev.numberferry.domain.Webhooks;
import dev.numberferry.event.FleetOrder;
import dev.numberferry.fleet.FleetAnswer;
import dev.numberferry.ledger.Attempt;
import dev.numberferry.ledger.AttemptKey;
import dev.numberferry.ledger.NumberHistory;
import dev.numberferry.schema.SchemaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/result.schema.json, and what the program writes. */
class ResultSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern ERROR_TYPE = Pattern.compile("\\(\\s*\"([A-Z]\\w+)\",");

  /** A part of the schema, the record that is written so, and what is never written of that. */
  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of("result", MigrationResult.class, Set.of()),
        Arguments.of("error", ErrorDetails.class, Set.of()),
        Arguments.of("finding", Finding.class, Set.of()),
        Arguments.of("nextRetry", Retry.class, Set.of("reason")),
        Arguments.of("storedBackup", StoredBackup.class, Set.of()),
        Arguments.of("health", Health.class, Set.of()),
        Arguments.of("healthEntity", Health.Entity.class, Set.of()),
        Arguments.of("healthError", Health.EntityError.class, Set.of()),
        Arguments.of("webhooks", Webhooks.class, Set.of()),
        Arguments.of("braked", BrakeMessage.class, Set.of()),
        Arguments.of("countedHarm", BrakeState.CountedHarm.class, Set.of()),
        Arguments.of("release", BrakeState.Release.class, Set.of()),
        Arguments.of("brakeAnswer", BrakeAnswer.class, Set.of()),
        // What was released engages nothing any more.
        Arguments.of("engagement", BrakeState.Engagement.class, Set.of("released")),
        Arguments.of("sweepAnswer", SweepFunction.Swept.class, Set.of()),
        Arguments.of("queueAnswer", SqsBatchResponse.class, Set.of()),
        Arguments.of("fleetAnswer", FleetAnswer.class, Set.of()),
        Arguments.of("stage", FleetAnswer.StageOrder.class, Set.of()),
        Arguments.of("verdict", FleetAnswer.Verdict.class, Set.of()),
        Arguments.of("problem", HttpResponse.ProblemDetails.class, Set.of()),
        Arguments.of("history", NumberHistory.class, Set.of()),
        Arguments.of("attempt", Attempt.class, Set.of("requestedBy", "sentBy")),
        Arguments.of("attemptKey", AttemptKey.class, Set.of()));
  }

  @ParameterizedTest
  @MethodSource("records")
  void itHasTheFieldsThatTheRecordIsWrittenWith(
      String part, Class<?> type, Set<String> neverWritten) {
    Set<String> written = written(JSON.constructType(type));
    assertThat(written).containsAll(neverWritten);
    written.removeAll(neverWritten);

    assertThat(SchemaFile.RESULT.part(part).path("properties").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(written);
  }

  /** Also those of a record whose fields stand beside the others. */
  private static Set<String> written(JavaType type) {
    SerializationConfig config = JSON.getSerializationConfig();
    Set<String> written = new TreeSet<>();
    for (BeanPropertyDefinition field : config.introspect(type).findProperties()) {
      boolean isUnwrapped =
          config.getAnnotationIntrospector().findUnwrappingNameTransformer(field.getPrimaryMember())
              != null;
      if (isUnwrapped) {
        written.addAll(written(field.getPrimaryType()));
      } else {
        written.add(field.getName());
      }
    }
    return written;
  }

  static Stream<Arguments> words() throws ClassNotFoundException, IOException {
    BrakeState engaged = BrakeState.NEW.engagedBy("Ada", "why", Instant.EPOCH, "b");
    return Stream.of(
        Arguments.of("/$defs/status", words(Status.class)),
        Arguments.of("/$defs/reason", words(Reason.class)),
        Arguments.of("/$defs/harm", words(Harm.class)),
        Arguments.of("/$defs/urgency", Stream.of(Urgency.values()).map(Urgency::word).toList()),
        Arguments.of(
            "/$defs/brakeAnswer/properties/state",
            Stream.of(engaged, BrakeState.NEW).map(it -> BrakeAnswer.of(it).state()).toList()),
        Arguments.of("/$defs/failure/properties/errorType", errorTypes()),
        Arguments.of("/$defs/finding/properties/severity", words(Finding.Severity.class)),
        Arguments.of("/$defs/attempt/properties/trigger", words(Trigger.class)),
        Arguments.of("/$defs/attempt/properties/silent", words(Attempt.Silence.class)),
        Arguments.of("/$defs/fleetAnswer/properties/go", words(FleetAnswer.Go.class)),
        Arguments.of("/$defs/stage/properties/name", words(FleetOrder.Stage.class)),
        Arguments.of("/$defs/place", words(Class.forName("dev.numberferry.fleet.Standing$Place"))));
  }

  @ParameterizedTest
  @MethodSource("words")
  void itHasTheWordsOfTheProgramEachWithItsMeaning(String pointer, Iterable<String> words) {
    List<JsonNode> meanings = new ArrayList<>();
    SchemaFile.RESULT.json().at(pointer).path("anyOf").forEach(meanings::add);

    assertThat(meanings).allMatch(it -> it.path("description").asText().endsWith("."));
    // The last lets in any other word.
    assertThat(meanings.remove(meanings.size() - 1).has("const")).isFalse();
    assertThat(meanings)
        .extracting(it -> it.path("const").asText())
        .containsExactlyElementsOf(words);
  }

  /** Those with which an invocation fails; the last of the first file fails a queue's message. */
  private static Iterable<String> errorTypes() throws IOException {
    Path main = Path.of("src", "main", "java", "dev", "numberferry");
    String code =
        Files.readString(main.resolve("migration/UnfinishedException.java"))
            + Files.readString(main.resolve("function/FailedInvocation.java"));
    return ERROR_TYPE
        .matcher(code)
        .results()
        .map(it -> it.group(1))
        .filter(it -> !it.equals("ComesAgain"))
        .distinct()
        .toList();
  }

  private static Iterable<String> words(Class<?> type) {
    return Stream.of(type.getEnumConstants()).map(it -> JSON.valueToTree(it).asText()).toList();
  }
}
