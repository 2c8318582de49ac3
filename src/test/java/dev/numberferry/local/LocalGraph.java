package dev.numberferry.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.numberferry.standin.GraphStandIn.error;
import static dev.numberferry.standin.GraphStandIn.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.numberferry.standin.GraphStandIn;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What WhatsApp answers in a local run: {@code -Dgraph=NAME}. Each number stands by itself. */
enum LocalGraph {
  MOVES("moves", "register succeeds", graph -> graph.movesEach(success())),
  WRONG_PIN(
      "133005",
      "register is refused: the PIN is wrong",
      graph ->
          graph.refuses(
              400,
              "{\"error\": {\"message\": \"(#133005) Two step verification PIN mismatch\","
                  + " \"type\": \"OAuthException\", \"code\": 133005, \"fbtrace_id\":"
                  + " \"AbCdEf\"}}")),
  SILENCE(
      "silence",
      "register is never answered, and the number is seen on the Cloud API only later",
      graph -> graph.answers(aResponse().withStatus(200).withFixedDelay(LocalGraph.LONG)),
      GraphStandIn::showsMoved),
  BLOCKED(
      "blocked",
      "register succeeds, and the number must not send messages",
      graph -> graph.movesEach(success(), blocked())),
  RATE_LIMIT(
      "80008",
      "the state of the number is not told: too many calls",
      graph ->
          graph.looksAnswer(
              error(
                  400,
                  "{\"error\": {\"message\": \"(#80008) There have been too many calls to this"
                      + " WhatsApp Business account.\", \"type\": \"OAuthException\", \"code\":"
                      + " 80008, \"fbtrace_id\": \"AbCdEf\"}}"))),
  STALLS(
      "stalls",
      "register's answer begins and does not end",
      graph -> graph.movesEach(success().withChunkedDribbleDelay(2, 2 * LocalGraph.LONG)));

  /** Milliseconds: longer than any function waits for an answer, deployed or here. */
  static final int LONG = 60_000;

  private final String option;
  private final String words;
  private final Consumer<GraphStandIn> answers;
  private final Consumer<GraphStandIn> later;

  LocalGraph(String option, String words, Consumer<GraphStandIn> answers) {
    this(option, words, answers, graph -> {});
  }

  LocalGraph(
      String option, String words, Consumer<GraphStandIn> answers, Consumer<GraphStandIn> later) {
    this.option = option;
    this.words = words;
    this.answers = answers;
    this.later = later;
  }

  /**
   * @throws IllegalArgumentException saying which there are
   */
  static LocalGraph of(String option) {
    return Arrays.stream(values())
        .filter(it -> it.option.equals(option))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("-Dgraph is one of " + options()));
  }

  static String options() {
    return Arrays.stream(values()).map(it -> it.option).collect(Collectors.joining(", "));
  }

  String option() {
    return option;
  }

  String words() {
    return words;
  }

  void during(GraphStandIn graph) {
    answers.accept(graph);
  }

  void beforeTheSweep(GraphStandIn graph) {
    later.accept(graph);
  }

  private static ResponseDefinitionBuilder success() {
    return okJson("{\"success\": true}");
  }

  private static ObjectNode blocked() {
    ObjectNode state = state("CLOUD_API", "CONNECTED");
    ObjectNode health = state.putObject("health_status").put("can_send_message", "BLOCKED");
    ObjectNode entity = health.putArray("entities").addObject();
    entity.put("entity_type", "WABA").put("id", "102290129340398");
    entity
        .put("can_send_message", "BLOCKED")
        .putArray("errors")
        .addObject()
        .put("error_code", 141006)
        .put("error_description", "There is an error with the payment method.")
        .put("possible_solution", "Add a payment method to the WhatsApp Business Account.");
    return state;
  }
}
