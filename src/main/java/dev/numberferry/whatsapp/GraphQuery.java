package dev.numberferry.whatsapp;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.support.Machine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Asks the Graph API what is good to know and decides nothing: it asks once, waits for 5 seconds,
 * and says nothing where there is no answer. No exception leaves it.
 */
@ApplicationScoped
class GraphQuery {

  private static final Logger LOG = Logger.getLogger(GraphQuery.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final FerryConfig config;
  private final GraphApi graph;
  private final Machine machine;

  GraphQuery(FerryConfig config, @RestClient GraphApi graph, Machine machine) {
    this.config = config;
    this.graph = graph;
    this.machine = machine;
  }

  /** Some fields of a node. */
  Optional<GraphNode> node(String id, String fields, AccessToken token) {
    return ask(
        fields,
        token,
        it ->
            graph.node(
                config.graphVersion(), id, it.authorization(), it.proof().orElse(null), fields));
  }

  /** What hangs on a node. */
  Optional<GraphNode> edge(String id, String edge, AccessToken token) {
    return ask(
        edge,
        token,
        it ->
            graph.edge(
                config.graphVersion(), id, edge, it.authorization(), it.proof().orElse(null)));
  }

  /**
   * What WhatsApp tells of a token to whoever has it. The question has the token in its URL: where
   * another root is trusted than the JDK's, a proxy may read it and write it into its log, so that
   * nothing is asked there.
   */
  Optional<GraphNode> inspection(AccessToken token) {
    if (ProxiedClients.trustsOthers(ConfigProvider.getConfig(), GraphApi.class)) {
      LOG.info("WhatsApp was not asked about the token: a trust store is set for it");
      return Optional.empty();
    }
    return ask(
        "debug_token",
        token,
        it ->
            graph.inspection(
                config.graphVersion(),
                "debug_token",
                it.authorization(),
                it.proof().orElse(null),
                token.value()));
  }

  private Optional<GraphNode> ask(
      String what, AccessToken token, Function<GraphCredentials, Uni<Response>> call) {
    GraphCredentials credentials = new GraphCredentials(token);
    SecretMasker masking = credentials.masking();
    try {
      RawAnswer raw = RawAnswer.await(call.apply(credentials), PATIENCE);
      GraphResponse answer = GraphResponse.read(raw, GraphError.Call.LOOK, masking, machine.now());
      Optional<GraphNode> node =
          answer
              .json()
              .filter(json -> answer.isSuccess() && !json.has("error"))
              .map(json -> new GraphNode(json, masking));
      if (node.isEmpty()) {
        LOG.infof(
            "WhatsApp did not tell %s: HTTP %s, code %s",
            what, answer.status(), answer.failure().map(it -> it.shown().code()).orElse(null));
      }
      return node;
    } catch (RuntimeException e) {
      LOG.infof(
          "WhatsApp did not tell %s: %s", what, TransportFailure.of(e, GraphApi.class).words());
      return Optional.empty();
    }
  }
}
