package dev.numberferry.whatsapp;

import dev.numberferry.support.Causes;
import dev.numberferry.whatsapp.ProxiedClients.NamedProxy;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Why a call got no answer, in words that hold nothing of the request. Whether it had left this
 * machine is not read from an exception: {@link SendGate} knows.
 *
 * @param toCheck what the operator looks at, where that is known
 */
record TransportFailure(String words, Optional<String> toCheck) {

  /**
   * @param client which of WhatsApp's clients made the call
   */
  static TransportFailure of(Throwable thrown, Class<?> client) {
    return of(thrown, ConfigProvider.getConfig(), client);
  }

  static TransportFailure of(Throwable thrown, Config config, Class<?> client) {
    Optional<NamedProxy> proxy =
        isUnconnected(thrown) ? ProxiedClients.named(config, client) : Optional.empty();
    return proxy
        .map(it -> new TransportFailure(ofProxy(thrown, it.words()), Optional.of(it.toCheck())))
        .orElseGet(() -> new TransportFailure(words(thrown), Optional.empty()));
  }

  private static boolean isUnconnected(Throwable thrown) {
    return has(thrown, UnknownHostException.class)
        || has(thrown, ConnectException.class)
        || has(thrown, NoRouteToHostException.class);
  }

  /** Behind a proxy only the proxy is connected to, and only its name is resolved. */
  private static String ofProxy(Throwable thrown, String proxy) {
    if (has(thrown, UnknownHostException.class)) {
      return "the host name of " + proxy + " could not be resolved";
    }
    return has(thrown, ProxyConnectException.class)
        ? proxy + " made no connection to WhatsApp"
        : "no connection to " + proxy + " could be made";
  }

  private static String words(Throwable thrown) {
    if (has(thrown, UnknownHostException.class)) {
      return "WhatsApp's host name could not be resolved";
    }
    if (has(thrown, ConnectException.class) || has(thrown, NoRouteToHostException.class)) {
      return "no connection to WhatsApp could be made";
    }
    if (has(thrown, CertificateException.class)) {
      return "the certificate of WhatsApp's host was not trusted";
    }
    if (has(thrown, SSLException.class)) {
      return "TLS with WhatsApp's host failed";
    }
    if (has(thrown, TimeoutException.class)
        || has(thrown, io.smallrye.mutiny.TimeoutException.class)) {
      return "WhatsApp did not answer in time";
    }
    if (AnswerLimits.headersExceed(thrown)) {
      return "WhatsApp's answer could not be read, as its headers are over 256 KB";
    }
    return "the connection to WhatsApp broke off ("
        + Causes.root(thrown).getClass().getSimpleName()
        + ")";
  }

  private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    return Causes.of(thrown).anyMatch(type::isInstance);
  }
}
