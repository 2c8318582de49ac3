package dev.numberferry.crash;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import java.util.function.Consumer;

/** What a run meets outside. */
enum Story {
  SUCCESS("MIGRATED", true, outside -> {}),

  WRONG_PIN("REJECTED", false, outside -> outside.graph().refuses(400, 133005)),

  /** The number moves, and the answer comes long after anybody waits for it. */
  NO_ANSWER(
      "MIGRATED",
      true,
      outside -> outside.graph().moves(okJson("{\"success\": true}").withFixedDelay(3_000))),

  /** Two-step verification is off, and a new PIN is stored before the call. */
  NEW_PIN(
      "MIGRATED",
      true,
      outside -> {
        outside
            .graph()
            .tells(GraphStandIn.state("ON_PREMISE", "CONNECTED").put("is_pin_enabled", false));
        outside.secrets().put(Sample.SECRET_ID, Sample.secret().replace(Sample.PIN, "generate"));
      }),

  /** The backup was uploaded into a bucket with versions. */
  UPLOAD("MIGRATED", true, outside -> {}) {
    @Override
    String function() {
      return "backup-uploaded";
    }

    @Override
    String event(Outside outside) {
      String version = outside.objects().version(Sample.BUCKET, Sample.KEY);
      return Sample.event("s3-put.json")
          .replace("\"size\"", "\"versionId\": \"%s\", \"size\"".formatted(version));
    }
  };

  private final String ending;
  private final boolean moves;
  private final Consumer<Outside> preparation;

  Story(String ending, boolean moves, Consumer<Outside> preparation) {
    this.ending = ending;
    this.moves = moves;
    this.preparation = preparation;
  }

  void prepare(Outside outside) {
    outside.reset();
    preparation.accept(outside);
  }

  /** The function that the event is for. */
  String function() {
    return "migrate";
  }

  String event(Outside outside) {
    return Sample.event("direct.json");
  }

  /** How a run ends that nobody kills. */
  String ending() {
    return ending;
  }

  /** Whether {@code register} moves the number. */
  boolean moves() {
    return moves;
  }
}
