package dev.numberferry.standin;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.numberferry.standin.CallListener.Call;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Tells a listener of each call before a stub is looked for, and again when its answer is ready: a
 * stub's own effect lies between the two.
 */
final class Calls implements StubRequestFilterV2, ServeEventListener {

  private final Function<Request, String> naming;
  private final Map<UUID, Call> effective = new ConcurrentHashMap<>();
  private volatile CallListener listener = CallListener.NONE;

  /**
   * @param naming how a call is named
   */
  Calls(Function<Request, String> naming) {
    this.naming = naming;
  }

  void listener(CallListener next) {
    listener = next;
  }

  @Override
  public String getName() {
    return "calls";
  }

  @Override
  public RequestFilterAction filter(Request request, ServeEvent event) {
    Call call = new Call(event.getId(), naming.apply(request));
    if (!listener.arrived(call)) {
      return RequestFilterAction.stopWith(
          ResponseDefinitionBuilder.responseDefinition().withStatus(503).build());
    }
    effective.put(event.getId(), call);
    return RequestFilterAction.continueWith(request);
  }

  @Override
  public void beforeResponseSent(ServeEvent event, Parameters parameters) {
    Call call = effective.remove(event.getId());
    if (call != null) {
      listener.tookEffect(call);
    }
  }
}
