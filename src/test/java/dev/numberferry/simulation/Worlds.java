package dev.numberferry.simulation;

import dev.numberferry.standin.Sample;
import java.util.stream.Stream;

/** The small worlds that are looked at as a whole. */
final class Worlds {

  private static final String NUMBER = Sample.NUMBER;
  private static final String SECOND = "106540352242923";
  private static final String THIRD = "106540352242924";
  private static final String RIGHT = Sample.PIN;
  private static final String WRONG = World.WRONG_PIN;

  private Worlds() {}

  /** One of the small ones, or else the large one. */
  static World named(String name) {
    return all().filter(it -> it.name().equals(name)).findFirst().orElseGet(Worlds::large);
  }

  /** More than can be looked at as a whole. */
  static World large() {
    return World.withBrakeAfter(2, "by chance")
        .number(NUMBER, RIGHT)
        .number(SECOND, WRONG)
        .number(THIRD, WRONG)
        .event("E1", NUMBER)
        .event("E2", NUMBER)
        .message("M1", SECOND, 3)
        .message("M2", SECOND, 3)
        .event("E3", THIRD)
        .retry("R", NUMBER)
        .retry("R2", SECOND)
        .sweep("S1")
        .sweep("S2")
        .release("L1")
        .release("L2")
        .faults(3)
        .jumps(2)
        .lateWrites();
  }

  static Stream<World> all() {
    return Stream.of(
        World.of("an event twice").number(NUMBER, RIGHT).event("E1", NUMBER).event("E2", NUMBER),
        World.of("an event twice, wrong PIN")
            .number(NUMBER, WRONG)
            .event("E1", NUMBER)
            .event("E2", NUMBER),
        World.of("an event twice, generated PIN")
            .number(NUMBER, World.GENERATE)
            .event("E1", NUMBER)
            .event("E2", NUMBER),
        World.of("a message twice")
            .number(NUMBER, RIGHT)
            .message("M", NUMBER, 2)
            .event("E", NUMBER),
        World.of("event and sweep").number(NUMBER, RIGHT).event("E", NUMBER).sweep("S").jumps(1),
        World.of("event and sweep, wrong PIN")
            .number(NUMBER, WRONG)
            .event("E", NUMBER)
            .sweep("S")
            .jumps(1),
        World.of("event, retry and sweep")
            .number(NUMBER, RIGHT)
            .event("E", NUMBER)
            .retry("R", NUMBER)
            .sweep("S")
            .jumps(1),
        World.of("event, retry and sweep, wrong PIN")
            .number(NUMBER, WRONG)
            .event("E", NUMBER)
            .retry("R", NUMBER)
            .sweep("S")
            .jumps(1),
        World.of("event, right PIN and sweep")
            .number(NUMBER, WRONG)
            .event("E", NUMBER)
            .rightPin("N", NUMBER)
            .sweep("S")
            .jumps(1),
        World.of("two uploads")
            .number(NUMBER, RIGHT)
            .upload("old", NUMBER, "b1", "01")
            .upload("new", NUMBER, "b2", "02"),
        World.of("two uploads, wrong PIN")
            .number(NUMBER, WRONG)
            .upload("old", NUMBER, "b1", "01")
            .upload("new", NUMBER, "b2", "02"),
        World.of("an upload that is taken back")
            .number(NUMBER, RIGHT)
            .upload("upload", NUMBER, "b2", "02")
            .deletion("deletion", NUMBER),
        World.withBrakeAfter(2, "brake")
            .number(NUMBER, WRONG)
            .number(SECOND, WRONG)
            .number(THIRD, WRONG)
            .event("E1", NUMBER)
            .event("E2", SECOND)
            .event("E3", THIRD),
        World.withBrakeAfter(2, "brake and releases")
            .number(NUMBER, WRONG)
            .number(SECOND, WRONG)
            .event("E1", NUMBER)
            .event("E2", SECOND)
            .release("R1")
            .release("R2"));
  }
}
