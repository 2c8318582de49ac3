package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.PhoneNumberId;
import dev.numberferry.Problem;
import dev.numberferry.secrets.AccessToken;
import dev.numberferry.whatsapp.GraphError.Effect;
import dev.numberferry.whatsapp.Look.Denied;
import dev.numberferry.whatsapp.Look.Failed;
import dev.numberferry.whatsapp.Look.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks WhatsApp where a number is; a sealed answer leaves it, and no exception does. */
@ApplicationScoped
public class NumberLookup {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String FIELDS =
      "id,display_phone_number,platform_type,status,throughput,is_pin_enabled,health_status";

  /** A field that the app may not see fails the whole call; these every app may see. */
  private static final String FEWER_FIELDS = "id,display_phone_number,platform_type,status";

  private final FerryConfig config;
  private final GraphApi graph;

  NumberLookup(FerryConfig config, @RestClient GraphApi graph) {
    this.config = config;
    this.graph = graph;
  }

  /** Asks once, and with fewer fields once more where WhatsApp refuses one of them. */
  public Look look(PhoneNumberId number, AccessToken token) {
    Look look = look(number, token, FIELDS);
    return look instanceof Denied denied && isAboutAField(denied.problem())
        ? look(number, token, FEWER_FIELDS)
        : look;
  }

  private Look look(PhoneNumberId number, AccessToken token, String fields) {
    Signature signature = new Signature(token);
    try (Response response =
        graph
            .state(
                config.graphVersion(),
                number.value(),
                signature.authorization(),
                signature.proof(),
                fields)
            .await()
            .atMost(PATIENCE)) {
      return read(GraphAnswer.read(response, signature.masking()));
    } catch (RuntimeException e) {
      return new Failed(Problem.of(Connecting.failure(e).what()));
    }
  }

  private static Look read(GraphAnswer answer) {
    if (answer.problem().isPresent()) {
      Problem problem = answer.problem().get();
      return answer.effect() == Effect.REFUSED
          ? new Denied(problem, answer.nextStep())
          : new Failed(problem);
    }
    return answer.isSuccess() && answer.json().filter(NumberLookup::isNumber).isPresent()
        ? new Seen(NumberState.of(answer.json().get()))
        : new Failed(answer.undocumented());
  }

  private static boolean isNumber(JsonNode json) {
    return json.has("id") && !json.has("error");
  }

  private static boolean isAboutAField(Problem problem) {
    return Objects.equals(problem.code(), GraphError.INVALID_PARAMETER)
        && !Objects.equals(problem.subcode(), GraphError.NO_SUCH_OBJECT);
  }
}
