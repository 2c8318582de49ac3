package dev.numberferry.whatsapp;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.FerryConfig;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.RawServer;
import dev.numberferry.standin.RawServer.Behaviour;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import dev.numberferry.support.Machine;
import dev.numberferry.whatsapp.LookupResult.Failed;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures on the way to WhatsApp, and whether anything had left by then. */
@QuarkusTest
@QuarkusTestResource(StandIns.class)
class RegistrationTest {

  /** So long that no test runs into it whose failure is another one. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final RegisterCall CALL = RegisterBodyTest.call(Optional.empty());

  @Inject FerryConfig config;

  @Inject Machine machine;

  @Test
  void aHostThatCannotBeResolvedIsNotSent() {
    assertNotSent("http://graph.invalid", "WhatsApp's host name could not be resolved");
  }

  @Test
  void aPortThatRefusesIsNotSent() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertNotSent("http://127.0.0.1:" + port, "no connection to WhatsApp could be made");
  }

  @Test
  void aCertificateThatIsNotTrustedIsNotSent() {
    try (GraphStandIn graph = new GraphStandIn(options().dynamicPort().dynamicHttpsPort())) {
      graph.start();

      assertNotSent(graph.url(), "the certificate of WhatsApp's host was not trusted");

      assertThat(graph.registers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Behaviour.class)
  void aTlsHandshakeThatDoesNotEndWellIsNotSent(Behaviour behaviour) throws IOException {
    try (RawServer server = new RawServer(behaviour)) {
      assertThat(register("https://127.0.0.1:" + server.port(), CALL, Duration.ofSeconds(1)))
          .isInstanceOf(NotSent.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Behaviour.class,
      names = {"SILENT", "CLOSES", "STALLS"})
  void whatWasSentAndGotNoWholeAnswerIsUnclear(Behaviour behaviour) throws IOException {
    try (RawServer server = new RawServer(behaviour)) {
      assertThat(register("http://127.0.0.1:" + server.port(), CALL, Duration.ofSeconds(1)))
          .isInstanceOf(Unclear.class);

      assertThat(server.received()).isPositive();
    }
  }

  @Test
  void headersThatAreTooLargeAreToldAsThat() throws IOException {
    String words = "WhatsApp's answer could not be read, as its headers are over 256 KB";
    try (RawServer server = new RawServer(Behaviour.LARGE_HEAD)) {
      assertThat(register("http://127.0.0.1:" + server.port(), CALL, LONG))
          .isInstanceOfSatisfying(
              Unclear.class, unclear -> assertThat(unclear.error().message()).isEqualTo(words));
      assertThat(look(server, LONG))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.error().message()).isEqualTo(words));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aCallThatIsTooLateWhenItsConnectionStandsIsNotSent() throws IOException {
    try (RawServer server = new RawServer(Behaviour.SILENT)) {
      RegisterOutcome outcome =
          register("http://127.0.0.1:" + server.port(), CALL.withTooLate(() -> true), LONG);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              NotSent.class,
              notSent -> assertThat(notSent.error().message()).contains("claim may be gone"));
      assertThat(server.received()).isZero();
    }
  }

  @Test
  void aLookThatStallsAfterItsHeadFails() throws IOException {
    try (RawServer server = new RawServer(Behaviour.STALLS)) {
      assertThat(look(server, Duration.ofSeconds(1))).isInstanceOf(Failed.class);

      assertThat(server.received()).isPositive();
    }
  }

  @Test
  void aLookIsMadeAgainAsOftenAsConnectionsCanHaveBeenKept() throws IOException {
    try (RawServer server = new RawServer(Behaviour.CLOSES)) {
      assertThat(look(server, LONG)).isInstanceOf(Failed.class);

      assertThat(server.connections()).isEqualTo(7);
    }
  }

  @Test
  void aRegisterWhoseConnectionIsClosedIsNeverMadeAgain() throws IOException {
    try (RawServer server = new RawServer(Behaviour.CLOSES)) {
      assertThat(register("http://127.0.0.1:" + server.port(), CALL, LONG))
          .isInstanceOf(Unclear.class);

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void whatMetasSupportAsksForIsLoggedAtOnce() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = handler(lines);
    Logger logger = Logger.getLogger(Registration.class.getName());
    logger.addHandler(handler);
    try (GraphStandIn graph = new GraphStandIn(options().dynamicPort())) {
      graph.start();
      graph.refuses(
          400,
          "{\"error\": {\"message\": \"pin %s\", \"code\": 133005, \"error_subcode\": 77, \"fbtrace_id\": \"AbC\"}}"
              .formatted(Sample.PIN));

      register(graph.url(), CALL, LONG);
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(lines)
        .containsExactly("register was answered: HTTP 400, code 133005, subcode 77, fbtraceId AbC");
  }

  private void assertNotSent(String url, String message) {
    assertThat(register(url, CALL, LONG))
        .isInstanceOfSatisfying(
            NotSent.class, notSent -> assertThat(notSent.error().message()).isEqualTo(message));
  }

  private RegisterOutcome register(String url, RegisterCall call, Duration limit) {
    return new Registration(config, graph(RegisterApi.class, url), limit, machine).register(call);
  }

  private LookupResult look(RawServer server, Duration patience) {
    GraphApi graph = graph(GraphApi.class, "http://127.0.0.1:" + server.port());
    return new NumberLookup(config, graph, patience, machine).look(CALL.number(), CALL.token());
  }

  private static <T> T graph(Class<T> type, String url) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(URI.create(url))
        .property("microprofile.rest.client.disable.default.mapper", true)
        .build(type);
  }

  private static Handler handler(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(String.format(line.getMessage(), line.getParameters()));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
