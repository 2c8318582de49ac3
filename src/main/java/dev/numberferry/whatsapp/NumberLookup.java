package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import dev.numberferry.whatsapp.LookupResult.Denied;
import dev.numberferry.whatsapp.LookupResult.Failed;
import dev.numberferry.whatsapp.LookupResult.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Asks WhatsApp where a number is; it answers with a {@link LookupResult} and throws nothing. */
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
  public LookupResult look(PhoneNumberId number, AccessToken token) {
    LookupResult look = look(number, token, FIELDS);
    return look instanceof Denied denied && isAboutAField(denied.error())
        ? look(number, token, FEWER_FIELDS)
        : look;
  }

  private LookupResult look(PhoneNumberId number, AccessToken token, String fields) {
    GraphCredentials signature = new GraphCredentials(token);
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
      return read(GraphResponse.read(response, signature.masking()));
    } catch (RuntimeException e) {
      return new Failed(ErrorDetails.of(TransportFailure.failure(e).what()));
    }
  }

  private static LookupResult read(GraphResponse answer) {
    if (answer.error().isPresent()) {
      ErrorDetails problem = answer.error().get();
      return answer.effect() == Effect.REFUSED
          ? new Denied(problem, answer.nextStep())
          : new Failed(problem);
    }
    return answer.isSuccess() && answer.json().filter(NumberLookup::isNumber).isPresent()
        ? new Seen(state(answer.json().get()))
        : new Failed(answer.undocumented());
  }

  private static NumberState state(JsonNode json) {
    JsonNode pin = json.path("is_pin_enabled");
    return NumberStateBuilder.builder()
        .displayPhoneNumber(text(json.path("display_phone_number")))
        .platformType(text(json.path("platform_type")))
        .status(text(json.path("status")))
        .pinEnabled(pin.isBoolean() ? pin.booleanValue() : null)
        .throughput(text(json.at("/throughput/level")))
        .canSendMessage(text(json.at("/health_status/can_send_message")))
        .build();
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }

  private static boolean isNumber(JsonNode json) {
    return json.has("id") && !json.has("error");
  }

  private static boolean isAboutAField(ErrorDetails problem) {
    return Objects.equals(problem.code(), GraphErrorCode.INVALID_PARAMETER)
        && !Objects.equals(problem.subcode(), GraphErrorCode.NO_SUCH_OBJECT);
  }
}
