package dev.numberferry.standin;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;

/** One service of AWS, on the port that all of them share. */
abstract class ServiceStandIn {

  /** Does what the request asks for. */
  abstract ResponseDefinitionBuilder answer(Request request);

  /** How a listener of calls is told of this request. */
  abstract String name(Request request);

  /** Forgets everything that was stored and sent. */
  abstract void reset();

  /** The operation that a request of one of the JSON protocols asks for. */
  static String operation(Request request) {
    String target = request.getHeader("X-Amz-Target");
    return target.substring(target.indexOf('.') + 1);
  }
}
