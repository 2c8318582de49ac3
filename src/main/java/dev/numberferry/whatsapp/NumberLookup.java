package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.NumberState;
import dev.numberferry.domain.NumberStateBuilder;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import dev.numberferry.whatsapp.GraphResponse.Failure;
import dev.numberferry.whatsapp.LookupResult.Denied;
import dev.numberferry.whatsapp.LookupResult.Failed;
import dev.numberferry.whatsapp.LookupResult.OtherId;
import dev.numberferry.whatsapp.LookupResult.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.UnaryOperator;
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
    GraphCredentials signature = new GraphCredentials(token);
    SecretMasker masker = signature.masking();
    try {
      GraphResponse answer = ask(number, signature, masker, FIELDS);
      boolean again = answer.failure().filter(Failure::mayBeAboutAField).isPresent();
      return read(number, again ? ask(number, signature, masker, FEWER_FIELDS) : answer, masker);
    } catch (RuntimeException e) {
      return Failed.of(ErrorDetails.of(TransportFailure.words(e)));
    }
  }

  private GraphResponse ask(
      PhoneNumberId number, GraphCredentials signature, SecretMasker masker, String fields) {
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
      return GraphResponse.read(response, GraphCall.LOOK, masker);
    }
  }

  private static LookupResult read(
      PhoneNumberId number, GraphResponse answer, SecretMasker masker) {
    if (answer.failure().isPresent()) {
      return read(answer.failure().get());
    }
    if (!answer.isSuccess() || answer.json().filter(it -> it.has("id")).isEmpty()) {
      return Failed.of(answer.undocumented());
    }
    JsonNode json = answer.json().get();
    String id = json.path("id").asText();
    return id.equals(number.value()) ? new Seen(state(json, masker)) : new OtherId(masker.mask(id));
  }

  private static LookupResult read(Failure failure) {
    return failure.code().effect() == Effect.REFUSED
        ? new Denied(failure.shown(), failure.code().isAboutToken(), failure.nextStep())
        : new Failed(failure.shown(), failure.retryAfter(), failure.nextStep());
  }

  private static NumberState state(JsonNode json, SecretMasker masker) {
    JsonNode pin = json.path("is_pin_enabled");
    UnaryOperator<String> text =
        field -> {
          JsonNode value = json.at(field);
          return value.isTextual() ? masker.mask(value.textValue()) : null;
        };
    return NumberStateBuilder.builder()
        .displayPhoneNumber(text.apply("/display_phone_number"))
        .platformType(text.apply("/platform_type"))
        .status(text.apply("/status"))
        .pinEnabled(pin.isBoolean() ? pin.booleanValue() : null)
        .throughput(text.apply("/throughput/level"))
        .canSendMessage(text.apply("/health_status/can_send_message"))
        .wabaId(NumberHealth.wabaId(json))
        .build();
  }
}
