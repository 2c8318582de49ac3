package dev.numberferry.whatsapp;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.domain.ErrorDetailsBuilder;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.RegisterOutcome.Registered;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * The one bean that calls {@code register}, and owns what its failures mean. It sends once and
 * never again; whatever happens, it answers with an outcome and throws nothing.
 */
@ApplicationScoped
public class Registration {

  private static final Logger LOG = Logger.getLogger(Registration.class);

  private final FerryConfig config;
  private final GraphApi graph;

  Registration(FerryConfig config, @RestClient GraphApi graph) {
    this.config = config;
    this.graph = graph;
  }

  /** Calls {@code register} once. It may take up to 15 seconds, says Meta's reference. */
  public RegisterOutcome register(RegisterCall call) {
    GraphCredentials signature = new GraphCredentials(call.token());
    try (Response response =
        graph.register(
            config.graphVersion(),
            call.number().value(),
            signature.authorization(),
            signature.proof(),
            RegisterBody.of(call))) {
      return read(
          GraphResponse.read(
              response, signature.masking(call.pin(), call.password(), call.backup())));
    } catch (RuntimeException e) {
      return failed(TransportFailure.failure(e));
    }
  }

  private static RegisterOutcome read(GraphResponse answer) {
    if (answer.isRedirect() || answer.json().isEmpty()) {
      return new Unclear(answer.undocumented());
    }
    if (answer.error().isPresent()) {
      ErrorDetails problem = answer.error().get();
      return answer.effect() == Effect.UNKNOWN
          ? new Unclear(problem)
          : new Refused(problem, answer.retryAfter(), answer.nextStep());
    }
    String success =
        answer
            .json()
            .filter(it -> !it.has("error"))
            .map(it -> it.path("success").asText(""))
            .orElse("");
    if (success.equals("true") && answer.isSuccess()) {
      return new Registered();
    }
    if (success.equals("false") && !answer.isServerError()) {
      return new Refused(
          ErrorDetailsBuilder.builder()
              .message("WhatsApp answered success: false")
              .httpStatus(answer.status())
              .build(),
          Optional.empty(),
          "WhatsApp gave no reason: look at the number in WhatsApp Manager before you send the"
              + " event with a retry reason.");
    }
    return new Unclear(answer.undocumented());
  }

  /** The exception's own text stays here: it may hold the URL, and with it the proof. */
  private static RegisterOutcome failed(TransportFailure.Failure failure) {
    LOG.warnf("register got no answer: %s", failure.what());
    ErrorDetails problem = ErrorDetails.of(failure.what());
    return failure.beforeSending()
        ? new NotSent(
            problem,
            "Nothing was sent: check the way to WhatsApp (DNS, network, certificates), then send"
                + " the same event again.")
        : new Unclear(problem);
  }
}
