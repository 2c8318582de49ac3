package dev.numberferry.whatsapp;

import dev.numberferry.FerryConfig;
import dev.numberferry.domain.ErrorDetails;
import dev.numberferry.support.Machine;
import dev.numberferry.whatsapp.GraphErrorCode.Effect;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import dev.numberferry.whatsapp.RegisterOutcome.Refused;
import dev.numberferry.whatsapp.RegisterOutcome.Registered;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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
  private final RegisterApi graph;
  private final Duration limit;
  private final Machine machine;

  @Inject
  Registration(
      FerryConfig config,
      @RestClient RegisterApi graph,
      @ConfigProperty(name = "quarkus.rest-client.whatsapp.connect-timeout") long connectMs,
      @ConfigProperty(name = "quarkus.rest-client.whatsapp.read-timeout") long readMs,
      Machine machine) {
    this(config, graph, Duration.ofMillis(connectMs + readMs), machine);
  }

  /**
   * @param limit for the whole exchange: connection, request, head and body of the answer
   */
  Registration(FerryConfig config, RegisterApi graph, Duration limit, Machine machine) {
    this.config = config;
    this.graph = graph;
    this.limit = limit;
    this.machine = machine;
  }

  /** So long can a call take, from its connection to the last byte of its answer. */
  public Duration longest() {
    return limit;
  }

  /** Calls {@code register} once. It may take up to 15 seconds, says Meta's reference. */
  public RegisterOutcome register(RegisterCall call) {
    SendGate gate = new SendGate(call.tooLate());
    GraphCredentials credentials = new GraphCredentials(call.token());
    SecretMasker masker = credentials.masking(call.pin(), call.password(), call.backup());
    try {
      RawAnswer raw =
          RawAnswer.await(
              graph.register(
                  config.graphVersion(),
                  call.number().value(),
                  credentials.authorization(),
                  credentials.proof().orElse(null),
                  RegisterBody.of(call, gate)),
              limit);
      GraphResponse answer =
          GraphResponse.read(raw, GraphError.Call.REGISTER, masker, machine.now());
      log(answer);
      return read(answer);
    } catch (RuntimeException | OutOfMemoryError e) {
      return failed(gate, e);
    }
  }

  /** At once: whatever fails from here on, the log has what Meta's support asks for. */
  private static void log(GraphResponse answer) {
    ErrorDetails error = answer.failure().map(GraphFailure::shown).orElseGet(answer::undocumented);
    LOG.infof(
        "register was answered: HTTP %s, code %s, subcode %s, fbtraceId %s",
        answer.status(), error.code(), error.subcode(), error.fbtraceId());
  }

  private static RegisterOutcome read(GraphResponse answer) {
    if (!answer.isRedirect() && answer.failure().isPresent()) {
      return read(answer.failure().get());
    }
    if (answer.isRedirect() || answer.json().isEmpty()) {
      return new Unclear(answer.undocumented());
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
          answer.withoutError("WhatsApp answered success: false"),
          false,
          Optional.empty(),
          "WhatsApp gave no reason: look at the number in WhatsApp Manager before you send the"
              + " event with a retry.");
    }
    return new Unclear(answer.undocumented());
  }

  private static RegisterOutcome read(GraphFailure failure) {
    return failure.code().effect() == Effect.UNKNOWN
        ? new Unclear(failure.shown())
        : new Refused(
            failure.shown(),
            failure.code().isAboutToken(),
            failure.retryAfter(),
            failure.nextStep());
  }

  /** The exception's own text stays here: it may hold the URL, and with it the proof. */
  private static RegisterOutcome failed(SendGate gate, Throwable thrown) {
    boolean unsent = gate.shut();
    if (gate.wasTooLate()) {
      LOG.warn("register was not sent: it was too late for it");
      return NotSent.tooLate();
    }
    TransportFailure failure = TransportFailure.of(thrown, RegisterApi.class);
    LOG.warnf(
        "register was %s: %s", unsent ? "not sent" : "sent and not answered", failure.words());
    ErrorDetails error = ErrorDetails.of(failure.words());
    if (!unsent) {
      return new Unclear(error);
    }
    return new NotSent(
        error,
        "Nothing was sent: %s, then send the same event again."
            .formatted(
                failure
                    .toCheck()
                    .orElse("check the way to WhatsApp (DNS, network, certificates)")));
  }
}
