package dev.numberferry.simulation;

import dev.numberferry.standin.Sample;
import java.util.stream.Stream;

/** The small worlds that are looked at as a whole. */
final class Worlds {

  private static final String NUMBER = Sample.NUMBER;
  private static final String SECOND = "106540352242923";
  private static final String THIRD = "106540352242924";
  private static final String FOURTH = "106540352242925";
  private static final String RIGHT = Sample.PIN;
  private static final String WRONG = World.WRONG_PIN;

  private Worlds() {}

  /** One of the small ones, or else the large one. */
  static World named(String name) {
    return Stream.concat(all(), worse())
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseGet(Worlds::large);
  }

  /** More than can be looked at as a whole. */
  static World large() {
    return World.withBrakeAfter(2, "three numbers")
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

  /** Those that are small enough for one fault more. */
  static Stream<World> worse() {
    return Stream.of(twice(), messages(), sweeps(), uploads()).flatMap(it -> it).map(World::worse);
  }

  static Stream<World> all() {
    return Stream.of(twice(), messages(), sweeps(), people(), uploads(), brakes())
        .flatMap(it -> it);
  }

  private static Stream<World> twice() {
    return Stream.of(
        World.of("an event twice")
            .soonDone()
            .number(NUMBER, RIGHT)
            .event("E1", NUMBER)
            .event("E2", NUMBER),
        World.of("an event twice, wrong PIN")
            .number(NUMBER, WRONG)
            .event("E1", NUMBER)
            .event("E2", NUMBER),
        World.of("an event twice, generated PIN")
            .number(NUMBER, World.GENERATE)
            .event("E1", NUMBER)
            .event("E2", NUMBER),
        World.of("an event twice, a neighbour corrected")
            .inOneSecret()
            .number(NUMBER, WRONG)
            .number(SECOND, WRONG)
            .event("E1", NUMBER)
            .event("E2", NUMBER)
            .correction("C", SECOND),
        World.of("an event twice, its own entry corrected")
            .inOneSecret()
            .number(NUMBER, WRONG)
            .number(SECOND, RIGHT)
            .event("E1", NUMBER)
            .event("E2", NUMBER)
            .correction("C", NUMBER));
  }

  private static Stream<World> messages() {
    return Stream.of(
        World.of("a message twice")
            .number(NUMBER, RIGHT)
            .message("M", NUMBER, 2)
            .event("E", NUMBER),
        World.of("a message and another PIN")
            .number(NUMBER, WRONG)
            .message("M", NUMBER, 2)
            .rightPin("N", NUMBER),
        World.withBrakeAfter(1, "a message that waits")
            .number(NUMBER, RIGHT)
            .number(SECOND, WRONG)
            .message("M", NUMBER, 3)
            .event("E", SECOND)
            .release("R"));
  }

  private static Stream<World> sweeps() {
    return Stream.of(
        World.of("event and sweep").number(NUMBER, RIGHT).event("E", NUMBER).sweep("S").jumps(1),
        World.of("event and sweep, wrong PIN")
            .number(NUMBER, WRONG)
            .event("E", NUMBER)
            .sweep("S")
            .jumps(1),
        World.of("event and sweep, generated PIN")
            .number(NUMBER, World.GENERATE)
            .event("E", NUMBER)
            .sweep("S")
            .jumps(1),
        World.of("event and two sweeps")
            .number(NUMBER, RIGHT)
            .event("E", NUMBER)
            .sweep("S1")
            .sweep("S2")
            .jumps(1));
  }

  private static Stream<World> people() {
    return Stream.of(
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
        World.of("a doubtful state")
            .number(NUMBER, RIGHT)
            .status(NUMBER, "BANNED")
            .insistence("I1", NUMBER)
            .insistence("I2", NUMBER)
            .statusChange("C", NUMBER, "RESTRICTED"));
  }

  private static Stream<World> uploads() {
    return Stream.of(
        World.of("two uploads")
            .soonDone()
            .number(NUMBER, RIGHT)
            .upload("old", NUMBER, "b1", "01")
            .upload("new", NUMBER, "b2", "02"),
        World.of("two uploads, wrong PIN")
            .number(NUMBER, WRONG)
            .upload("old", NUMBER, "b1", "01")
            .upload("new", NUMBER, "b2", "02"),
        World.of("two uploads, one taken back")
            .number(NUMBER, RIGHT)
            .upload("old", NUMBER, "b1", "01")
            .upload("new", NUMBER, "b2", "02")
            .takingBack("back", NUMBER, "b2"),
        World.of("an upload that is deleted")
            .soonDone()
            .number(NUMBER, RIGHT)
            .upload("upload", NUMBER, "b2", "02")
            .deletion("deletion", NUMBER),
        World.of("two keys without versions")
            .withoutVersions()
            .number(NUMBER, WRONG)
            .upload("old", NUMBER, "first.json", "01", "0B")
            .upload("new", NUMBER, "second.json", "02", "0A"));
  }

  private static Stream<World> brakes() {
    return Stream.of(
        World.withBrakeAfter(2, "brake")
            .number(NUMBER, WRONG)
            .number(SECOND, WRONG)
            .number(THIRD, WRONG)
            .event("E1", NUMBER)
            .event("E2", SECOND)
            .event("E3", THIRD),
        World.withBrakeAfter(1, "brake and release")
            .faults(2)
            .number(NUMBER, WRONG)
            .event("E", NUMBER)
            .release("R"),
        World.withBrakeAfter(2, "brake and releases")
            .number(NUMBER, WRONG)
            .number(SECOND, WRONG)
            .event("E1", NUMBER)
            .event("E2", SECOND)
            .release("R1")
            .release("R2"),
        World.withBrakeAfter(3, "brake, releases and one more number")
            .number(NUMBER, WRONG)
            .number(SECOND, WRONG)
            .number(THIRD, WRONG)
            .number(FOURTH, RIGHT)
            .event("E1", NUMBER)
            .event("E2", SECOND)
            .event("E3", THIRD)
            .event("E4", FOURTH)
            .release("R1")
            .release("R2"));
  }
}
