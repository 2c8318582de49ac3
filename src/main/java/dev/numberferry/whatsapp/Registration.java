package dev.numberferry.whatsapp;

import dev.numberferry.FerryConfig;
import dev.numberferry.Problem;
import dev.numberferry.secrets.AccessToken.AppSecret;
import dev.numberferry.whatsapp.RegisterOutcome.NotSent;
import dev.numberferry.whatsapp.RegisterOutcome.Unclear;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * The one bean that calls {@code register}, and owns what its failures mean. It sends once and
 * never again; whatever happens, an outcome leaves it and no exception does.
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
    String token = call.token().value();
    String proof =
        call.token().appSecret().map(secret -> AppSecretProof.of(token, secret)).orElse(null);
    Masking masking =
        new Masking(
            Stream.concat(
                Stream.of(
                    token, call.pin().value(), call.password().value(), call.backup().value()),
                call.token().appSecret().map(AppSecret::value).stream()
                    .flatMap(it -> Stream.of(it, proof))));
    try (Response answer =
        graph.register(
            config.graphVersion(),
            call.number().value(),
            "Bearer " + token,
            proof,
            RegisterBody.of(call))) {
      return new AnswerReader(masking).read(answer.getStatus(), answer.readEntity(String.class));
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  /** The exception's own text stays here: it may hold the URL, and with it the proof. */
  private static RegisterOutcome failed(RuntimeException e) {
    Connecting.Failure failure = Connecting.failure(e);
    LOG.warnf("register got no answer: %s", failure.what());
    Problem problem = Problem.of(failure.what());
    return failure.beforeSending()
        ? new NotSent(
            problem,
            "Nothing was sent: check the way to WhatsApp (DNS, network, certificates), then run the"
                + " same event again.")
        : new Unclear(problem, GraphError.LOOK_FIRST);
  }
}
