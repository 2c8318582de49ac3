package dev.numberferry.whatsapp;

import dev.numberferry.simulation.GraphCalls;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** WhatsApp's API as the REST clients have it. */
public final class GraphModel implements RegisterApi, GraphApi {

  private final GraphCalls calls;

  private GraphModel(GraphCalls calls) {
    this.calls = calls;
  }

  /** By the types that others ask for. */
  public static Map<Class<?>, Object> clients(GraphCalls calls) {
    GraphModel model = new GraphModel(calls);
    return Map.of(RegisterApi.class, model, GraphApi.class, model);
  }

  /** Its connection stands before the body passes its gate. */
  @Override
  public Uni<Response> register(
      String version,
      String number,
      String authorization,
      @Nullable String proof,
      RegisterBody body) {
    if (!calls.connect()) {
      return Uni.createFrom().failure(new ConnectException());
    }
    try {
      body.gate().pass();
    } catch (IllegalStateException e) {
      return Uni.createFrom().failure(e);
    }
    return answer(calls.register(number, body.pin()));
  }

  @Override
  public Uni<Response> node(
      String version, String node, String authorization, @Nullable String proof, String fields) {
    return answer(
        fields.contains("platform_type") ? calls.look(node) : calls.details(node, fields));
  }

  @Override
  public Uni<Response> edge(
      String version, String node, String edge, String authorization, @Nullable String proof) {
    return answer(calls.details(node, edge));
  }

  /** Only a dry run asks. */
  @Override
  public Uni<Response> inspection(
      String version, String node, String authorization, @Nullable String proof, String token) {
    return answer(calls.details(node, "inspection"));
  }

  private static Uni<Response> answer(Optional<GraphCalls.Answer> answer) {
    return answer
        .map(it -> Uni.createFrom().item(response(it)))
        .orElseGet(() -> Uni.createFrom().failure(new TimeoutException()));
  }

  private static Response response(GraphCalls.Answer answer) {
    return Response.status(answer.status()).entity(answer.body()).build();
  }
}
