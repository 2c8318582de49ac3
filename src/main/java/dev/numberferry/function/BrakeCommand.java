package dev.numberferry.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.event.EventKind;
import dev.numberferry.event.FieldForm;
import dev.numberferry.event.FieldType;
import dev.numberferry.event.Payload;
import dev.numberferry.support.StrictJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person tells the brake; all is null where only its state is asked for.
 *
 * @param release why it is to be released
 * @param engage why it is to be engaged
 * @param by who says so
 * @param brakeId which engagement is to be released
 */
@RegisterForReflection
record BrakeCommand(
    @Nullable String release,
    @Nullable String engage,
    @Nullable String by,
    @Nullable String brakeId) {

  private static final String CURE =
      "Give {\"release\": \"why\", \"by\": \"who\", \"brakeId\": \"which\"}, {\"engage\": \"why\","
          + " \"by\": \"who\"} or {}, each text of 1 to 500 characters in one line.";

  private static final List<FieldType> TYPES =
      Stream.of("release", "engage", "by", "brakeId").map(it -> FieldType.text(it, CURE)).toList();

  /**
   * @throws InvalidInputException if it is no command
   */
  static BrakeCommand read(Payload event) {
    JsonNode json = EventKind.only(event, FunctionNames.BRAKE, "a command to the brake", CURE);
    FieldType.check(json, TYPES, "the command");
    BrakeCommand command = StrictJson.bind(json, BrakeCommand.class, "the command");
    if (command.release != null && command.engage != null) {
      throw new InvalidInputException("release", "is given, and engage as well", CURE);
    }
    if (command.release != null || command.engage != null) {
      check("by", command.by);
      check(
          command.engage == null ? "release" : "engage",
          command.engage == null ? command.release : command.engage);
    } else if (command.by != null) {
      throw new InvalidInputException("by", "is given, but neither release nor engage", CURE);
    }
    if (command.brakeId != null) {
      checkReleased(command.brakeId, command.release);
    }
    return command;
  }

  private static void checkReleased(String brakeId, @Nullable String release) {
    if (release == null) {
      throw new InvalidInputException("brakeId", "is given, but no release", CURE);
    }
    check("brakeId", brakeId);
  }

  private static void check(String field, @Nullable String text) {
    if (text == null || !FieldForm.ONE_LINE.matcher(text).matches()) {
      throw new InvalidInputException(
          field, text == null ? "is missing" : "is too long or not in one line", CURE);
    }
  }
}
