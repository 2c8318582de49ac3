package dev.numberferry.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.numberferry.FerryConfig;
import dev.numberferry.domain.AccessToken;
import dev.numberferry.domain.PhoneNumberId;
import dev.numberferry.support.Machine;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import dev.numberferry.whatsapp.LookupResult.Denied;
import dev.numberferry.whatsapp.LookupResult.Failed;
import dev.numberferry.whatsapp.LookupResult.OtherId;
import dev.numberferry.whatsapp.LookupResult.Seen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
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
  private final Duration patience;
  private final Machine machine;

  @Inject
  NumberLookup(FerryConfig config, @RestClient GraphApi graph, Machine machine) {
    this(config, graph, PATIENCE, machine);
  }

  /**
   * @param patience for one answer, head and body
   */
  NumberLookup(FerryConfig config, GraphApi graph, Duration patience, Machine machine) {
    this.config = config;
    this.graph = graph;
    this.patience = patience;
    this.machine = machine;
  }

  /** Asks once, and with fewer fields once more where WhatsApp refuses one of them. */
  public LookupResult look(PhoneNumberId number, AccessToken token) {
    GraphCredentials credentials = new GraphCredentials(token);
    SecretMasker masker = credentials.masking();
    try {
      GraphResponse answer = ask(number, credentials, masker, FIELDS);
      boolean again = answer.failure().filter(GraphFailure::mayBeAboutAField).isPresent();
      return read(number, again ? ask(number, credentials, masker, FEWER_FIELDS) : answer, masker);
    } catch (RuntimeException e) {
      return Failed.of(TransportFailure.of(e, GraphApi.class));
    }
  }

  private GraphResponse ask(
      PhoneNumberId number, GraphCredentials credentials, SecretMasker masker, String fields) {
    RawAnswer answer =
        RawAnswer.await(
            StaleConnectionRetry.again(
                graph.node(
                    config.graphVersion(),
                    number.value(),
                    credentials.authorization(),
                    credentials.proof().orElse(null),
                    fields)),
            patience);
    return GraphResponse.read(answer, GraphError.Call.LOOK, masker, machine.now());
  }

  private static LookupResult read(
      PhoneNumberId number, GraphResponse answer, SecretMasker masker) {
    if (answer.failure().isPresent()) {
      return read(answer.failure().get());
    }
    if (!answer.isSuccess() || answer.json().filter(it -> it.has("id")).isEmpty()) {
      return Failed.of(answer.undocumented(), answer.toldWait());
    }
    JsonNode json = answer.json().get();
    String id = json.path("id").asText();
    return id.equals(number.value())
        ? new Seen(NumberStateParser.read(json, masker))
        : new OtherId(masker.mask(id));
  }

  private static LookupResult read(GraphFailure failure) {
    return failure.code().effect() == Effect.REFUSED
        ? new Denied(failure.shown(), failure.code().isAboutToken(), failure.nextStep())
        : new Failed(failure.shown(), failure.retryAfter(), failure.nextStep());
  }
}
