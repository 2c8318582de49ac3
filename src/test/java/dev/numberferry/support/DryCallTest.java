package dev.numberferry.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.numberferry.standin.RawServer;
import dev.numberferry.standin.RawServer.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

@Timeout(60)
class DryCallTest {

  private final ProxySelector before = ProxySelector.getDefault();

  /** Whatever a function that still runs in this JVM has set. */
  @BeforeEach
  void goDirectly() {
    ProxySelector.setDefault(ProxySelector.of(null));
  }

  @AfterEach
  void restore() {
    ProxySelector.setDefault(before);
  }

  @Test
  void opensTheConnectionThatTheCallWouldUseAndSendsNothing() throws Exception {
    try (ServerSocket server = listen()) {
      publishDry("http://localhost:" + server.getLocalPort());

      try (Socket connection = server.accept()) {
        assertThat(connection.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void shakesHandsWhereTheCallWouldAndTrustsNoMore() throws IOException {
    try (RawServer server = new RawServer(Behaviour.SPEAKS_PLAIN)) {
      assertThatThrownBy(() -> publishDry("https://localhost:" + server.port()))
          .isInstanceOf(IOException.class);

      assertThat(server.received()).isPositive();
    }
  }

  @Test
  void onlyConnectsWhereNoHandshakeIsAskedFor() throws Exception {
    try (RawServer server = new RawServer(Behaviour.CLOSES);
        SnsClient sns = sns("https://localhost:" + server.port())) {
      DryCall.make(
          dry -> sns.publish(it -> it.topicArn("t").message("m").overrideConfiguration(dry)));
      server.settle();

      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.received()).isEqualTo(1);
    }
  }

  @Test
  void aHandshakeThatIsNotAnsweredEndsWithItsThread() throws Exception {
    try (ServerSocket server = listen()) {
      FutureTask<Void> priming =
          new FutureTask<>(
              () -> {
                publishDry("https://localhost:" + server.getLocalPort());
                return null;
              });
      Thread thread = new Thread(priming);
      thread.start();
      try (Socket connection = server.accept()) {
        assertThat(connection.getInputStream().read()).isNotNegative();

        thread.interrupt();

        assertThatThrownBy(priming::get)
            .isInstanceOf(ExecutionException.class)
            .hasRootCauseInstanceOf(ClosedByInterruptException.class);
      }
    }
  }

  private static ServerSocket listen() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setSoTimeout(30_000);
    return server;
  }

  private static void publishDry(String endpoint) throws IOException {
    try (SnsClient sns = sns(endpoint)) {
      DryCall.makeAndShakeHands(
          dry -> sns.publish(it -> it.topicArn("t").message("m").overrideConfiguration(dry)));
    }
  }

  private static SnsClient sns(String endpoint) {
    return SnsClient.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
        .build();
  }
}
