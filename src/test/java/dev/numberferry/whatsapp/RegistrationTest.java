package dev.numberferry.whatsapp;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.BackupData;
import dev.numberferry.domain.BackupPassword;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.domain.Pin;
import dev.numberferry.standin.GraphStandIn;
import dev.numberferry.standin.Sample;
import dev.numberferry.standin.StandIns;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Failures on the way to WhatsApp, before anything has left. */
@QuarkusTest
@QuarkusTestResource(StandIns.class)
class RegistrationTest {

  @Inject FerryConfig config;

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

  private void assertNotSent(String url, String message) {
    GraphApi graph =
        QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(url)).build(GraphApi.class);

    RegisterOutcome outcome = new Registration(config, graph).register(call());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            NotSent.class, notSent -> assertThat(notSent.error().message()).isEqualTo(message));
  }

  private static RegisterCall call() {
    return RegisterCallBuilder.builder()
        .number(new PhoneNumberId(Sample.NUMBER))
        .token(new AccessToken(Sample.TOKEN, Optional.empty()))
        .pin(new Pin(Sample.PIN))
        .password(new BackupPassword(Sample.PASSWORD))
        .backup(new BackupData(Sample.BACKUP))
        .build();
  }

  @Test
  void aCallIsMaskedWhenPrinted() {
    assertThat(call().toString() + RegisterBody.of(call())).doesNotContain(Sample.SECRETS);
  }
}
