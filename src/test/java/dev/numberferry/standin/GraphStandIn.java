package dev.numberferry.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;

/**
 * The Graph API on a loopback port, and what it was asked. {@code register} moves its number: the
 * state that it tells is On-Premises before, and the Cloud API from then on.
 */
public final class GraphStandIn implements AutoCloseable {

  private static final String REGISTER = "/v[0-9.]+/[0-9]+/register";
  private static final String NUMBER = "/v[0-9.]+/[0-9]+";

  /** The account that the numbers belong to, and the app that the token is for. */
  public static final String WABA = "102290129340398";

  public static final String APP = "670843887433847";

  private static final ObjectNode MOVED = state("CLOUD_API", "CONNECTED");

  /** For all headers of an answer, in bytes: nearly what the function reads. */
  private static final int LARGEST_HEAD = 250_000;

  private final Calls calls = new Calls(GraphStandIn::name);
  private final WireMockServer server;
  private volatile Runnable meanwhile;

  public GraphStandIn(WireMockConfiguration options) {
    this(options, StandIns.LOOPBACK);
  }

  /** The same, on this address of the machine. */
  GraphStandIn(WireMockConfiguration options, String address) {
    server =
        new WireMockServer(
            options
                .bindAddress(address)
                .jettyHeaderResponseSize(LARGEST_HEAD)
                .extensions(new Meanwhile(), new Moving(), new MovingOne(), new Asked(), calls));
  }

  /** Starts, and answers {@code register} with success. */
  public GraphStandIn start() {
    server.start();
    reset();
    return this;
  }

  public String url() {
    return server.isHttpsEnabled() ? "https://localhost:" + server.httpsPort() : server.baseUrl();
  }

  /** Where it speaks TLS. */
  public int tlsPort() {
    return server.httpsPort();
  }

  /** Tells a listener of every call from now on. */
  public void listener(CallListener listener) {
    calls.listener(listener);
  }

  /** Forgets every request; the number is on On-Premises, and {@code register} will move it. */
  public void reset() {
    server.resetAll();
    tells(state("ON_PREMISE", "CONNECTED"));
    moves(okJson("{\"success\": true}"));
    answers("app", okJson("{\"id\": \"" + APP + "\"}"));
    answers(
        "subscribed_apps",
        okJson("{\"data\": [{\"whatsapp_business_api_data\": {\"id\": \"" + APP + "\"}}]}"));
    answers("debug_token", okJson("{\"data\": {\"expires_at\": 0, \"is_valid\": true}}"));
    answers("settings", okJson("{\"storage_configuration\": {\"status\": \"default\"}}"));
  }

  /** Answers in this way whoever asks for what a path of this end names. */
  public void answers(String end, ResponseDefinitionBuilder answer) {
    server.stubFor(get(urlPathMatching("/v[0-9.]+/(?:[0-9]+/)?" + end)).willReturn(answer));
  }

  /** Answers in this way whoever asks for this field of a number, wherever that is. */
  public void fieldAnswers(String field, ResponseDefinitionBuilder answer) {
    server.stubFor(
        get(urlPathMatching(NUMBER))
            .withQueryParam("fields", containing(field))
            .atPriority(1)
            .willReturn(answer));
  }

  /** Answers {@code register} in this way from now on, and does not move the number. */
  public void answers(ResponseDefinitionBuilder answer) {
    server.stubFor(post(urlPathMatching(REGISTER)).willReturn(answer));
  }

  /** Moves the number at {@code register}, and answers it in this way. */
  public void moves(ResponseDefinitionBuilder answer) {
    server.stubFor(
        post(urlPathMatching(REGISTER))
            .willReturn(answer)
            .withServeEventListener("moving", Parameters.empty()));
  }

  /** Each number stands by itself from now on: {@code register} moves the one that it names. */
  public void movesEach(ResponseDefinitionBuilder answer) {
    movesEach(answer, MOVED);
  }

  /** The same; this is the state of a number that was moved. */
  public void movesEach(ResponseDefinitionBuilder answer, ObjectNode moved) {
    movesOne("[0-9]+", answer, moved);
  }

  /** Moves this number at {@code register}, and answers it in this way. */
  public void movesOne(String number, ResponseDefinitionBuilder answer) {
    movesOne(number, answer, MOVED);
  }

  private void movesOne(String number, ResponseDefinitionBuilder answer, ObjectNode moved) {
    server.stubFor(
        post(urlPathMatching("/v[0-9.]+/" + number + "/register"))
            .willReturn(answer)
            .withServeEventListener("moving one", Parameters.one("moved", moved.toString())));
  }

  /** Every number that {@code register} was asked for has moved by now, whatever was answered. */
  public void showsMoved() {
    registers().forEach(it -> tellsOne(number(it), MOVED));
  }

  /** Answers {@code register} of this number in this way from now on, and does not move it. */
  public void answersOne(String number, ResponseDefinitionBuilder answer) {
    server.stubFor(post(urlPathMatching("/v[0-9.]+/" + number + "/register")).willReturn(answer));
  }

  /** Tells this state of one number from now on. */
  public void tellsOne(String number, ObjectNode state) {
    looksAnswerOne(number, told(state));
  }

  /** Answers everybody who asks for the state of one number in this way from now on. */
  public void looksAnswerOne(String number, ResponseDefinitionBuilder answer) {
    server.stubFor(get(urlPathMatching("/v[0-9.]+/" + number)).willReturn(answer));
  }

  /** Answers whoever asks for the state of any number in this way, until it is taken back. */
  public Runnable looksAnswerMeanwhile(ResponseDefinitionBuilder answer) {
    StubMapping meantime =
        server.stubFor(get(urlPathMatching(NUMBER)).atPriority(1).willReturn(answer));
    return () -> server.removeStub(meantime);
  }

  /** Answers {@code register} with success, after something else has happened. */
  public void movesAfter(Runnable first) {
    meanwhile = first;
    server.stubFor(
        post(urlPathMatching(REGISTER))
            .willReturn(okJson("{\"success\": true}"))
            .withServeEventListener("meanwhile", Parameters.empty()));
  }

  /** Answers {@code register} with an error envelope from now on. */
  public void refuses(int httpStatus, int code) {
    refuses(httpStatus, "{\"error\": {\"message\": \"refused\", \"code\": " + code + "}}");
  }

  /** Answers {@code register} with this error envelope from now on. */
  public void refuses(int httpStatus, String envelope) {
    answers(error(httpStatus, envelope));
  }

  /** Tells this state of every number from now on. */
  public void tells(ObjectNode state) {
    looksAnswer(told(state));
  }

  /** Answers everybody who asks for a number's state in this way from now on. */
  public void looksAnswer(ResponseDefinitionBuilder answer) {
    server.stubFor(get(urlPathMatching(NUMBER)).willReturn(answer));
  }

  /** Tells one state once and another one from then on, or fails where there is none. */
  public void tellsNext(ObjectNode first, ObjectNode then) {
    looksAnswerNext(first, then == null ? aResponse().withStatus(500) : told(then));
  }

  /** Tells one state once, and answers in another way from then on. */
  public void looksAnswerNext(ObjectNode first, ResponseDefinitionBuilder then) {
    server.stubFor(
        get(urlPathMatching(NUMBER))
            .inScenario("looks")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(told(first))
            .willSetStateTo("then"));
    server.stubFor(
        get(urlPathMatching(NUMBER))
            .inScenario("looks")
            .whenScenarioStateIs("then")
            .willReturn(then));
  }

  /** Tells a state of every number from now on, after something else has happened. */
  public void tellsAfter(Runnable first, ObjectNode state) {
    meanwhile = first;
    server.stubFor(
        get(urlPathMatching(NUMBER))
            .willReturn(told(state))
            .withServeEventListener("meanwhile", Parameters.empty()));
  }

  /** Refuses a token to whoever asks for a number's state with it. */
  public void refusesToken(String token) {
    server.stubFor(
        get(urlPathMatching(NUMBER))
            .withHeader("Authorization", equalTo("Bearer " + token))
            .willReturn(error(401, "{\"error\": {\"message\": \"expired\", \"code\": 190}}")));
  }

  /** Refuses to tell the state of a number to an app that may not see all of its fields. */
  public void hidesFields(ObjectNode state) {
    looksAnswer(error(400, "{\"error\": {\"message\": \"(#100) field\", \"code\": 100}}"));
    server.stubFor(
        get(urlPathMatching(NUMBER))
            .withQueryParam("fields", equalTo("id,display_phone_number,platform_type,status"))
            .willReturn(told(state)));
  }

  /** A state as WhatsApp tells it. */
  public static ObjectNode state(String platform, String status) {
    ObjectNode state =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", Sample.NUMBER)
            .put("display_phone_number", "+1 555-123-4567")
            .put("platform_type", platform)
            .put("status", status)
            .put("is_pin_enabled", true);
    state.putObject("throughput").put("level", "STANDARD");
    state
        .put("name_status", "APPROVED")
        .put("quality_rating", "GREEN")
        .put("code_verification_status", "VERIFIED");
    state
        .putObject("webhook_configuration")
        .put("application", "https://hooks.example.com/whatsapp?verify=secret");
    ObjectNode health = state.putObject("health_status").put("can_send_message", "AVAILABLE");
    ArrayNode entities = health.putArray("entities");
    entities.add(entity("PHONE_NUMBER", Sample.NUMBER));
    entities.add(entity("WABA", WABA));
    entities.add(entity("APP", APP));
    return state;
  }

  private static ResponseDefinitionBuilder told(ObjectNode state) {
    return okJson(state.toString()).withTransformers("asked");
  }

  /** A number whose account has no payment method, so that it cannot send. */
  public static ObjectNode blocked(String platform) {
    ObjectNode state = state(platform, "CONNECTED");
    ObjectNode health = (ObjectNode) state.path("health_status");
    health.put("can_send_message", "BLOCKED");
    ObjectNode account = (ObjectNode) health.at("/entities/1");
    account
        .put("can_send_message", "BLOCKED")
        .putArray("errors")
        .addObject()
        .put("error_code", 141006)
        .put("error_description", "There is no payment method.")
        .put("possible_solution", "Add a payment method.");
    return state;
  }

  /** A part of a number's health that lets messages pass. */
  public static ObjectNode entity(String type, String id) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("entity_type", type)
        .put("id", id)
        .put("can_send_message", "AVAILABLE");
  }

  /** An answer with an error envelope. */
  public static ResponseDefinitionBuilder error(int httpStatus, String envelope) {
    return aResponse()
        .withStatus(httpStatus)
        .withHeader("Content-Type", "application/json")
        .withBody(envelope);
  }

  /** Every call of {@code register}, oldest first. */
  public List<LoggedRequest> registers() {
    return server.findAll(postRequestedFor(urlPathMatching(REGISTER)));
  }

  /** How often the state was asked for. */
  public List<LoggedRequest> looks() {
    return asked("platform_type");
  }

  /** How often this field of a number was asked for. */
  public List<LoggedRequest> asked(String field) {
    return server.findAll(
        getRequestedFor(urlPathMatching(NUMBER)).withQueryParam("fields", containing(field)));
  }

  /** How often a path of this end was asked for. */
  public List<LoggedRequest> askedFor(String end) {
    return server.findAll(getRequestedFor(urlPathMatching("/v[0-9.]+/(?:[0-9]+/)?" + end)));
  }

  @Override
  public void close() {
    server.stop();
  }

  /** Something happens while somebody waits for the number's state. */
  private final class Meanwhile implements ServeEventListener {

    @Override
    public String getName() {
      return "meanwhile";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public void beforeResponseSent(ServeEvent event, Parameters parameters) {
      meanwhile.run();
    }
  }

  private static String name(Request request) {
    String path = request.getUrl().replaceAll("\\?.*", "");
    String what = path.matches(NUMBER) ? "number" : path.substring(path.lastIndexOf('/') + 1);
    return request.getMethod() + " " + what;
  }

  /** In a state that is told, the sample's id stands for whichever was asked for. */
  private static final class Asked implements ResponseTransformerV2 {

    @Override
    public String getName() {
      return "asked";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
      String id = number(event.getRequest());
      return Response.Builder.like(response)
          .but()
          .body(response.getBodyAsString().replace(Sample.NUMBER, id))
          .build();
    }
  }

  /** The same as {@code Moving}, for the number that {@code register} names. */
  private final class MovingOne implements ServeEventListener {

    @Override
    public String getName() {
      return "moving one";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public void afterMatch(ServeEvent event, Parameters parameters) {
      tellsOne(number(event.getRequest()), (ObjectNode) Bodies.json(parameters.getString("moved")));
    }
  }

  /** The number that a request names. */
  private static String number(Request request) {
    return request.getUrl().replaceAll("^/v[0-9.]+/([0-9]+).*", "$1");
  }

  /** From the moment that {@code register} arrives the number is on the other side. */
  private final class Moving implements ServeEventListener {

    @Override
    public String getName() {
      return "moving";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public void afterMatch(ServeEvent event, Parameters parameters) {
      tells(MOVED);
    }
  }
}
