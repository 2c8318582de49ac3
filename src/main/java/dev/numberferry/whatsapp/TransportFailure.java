package dev.numberferry.whatsapp;

import dev.numberferry.support.Causes;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Why a call got no answer, in words that hold nothing of the request. Whether it had left this
 * machine is not read from an exception: {@link SendGate} knows.
 */
final class TransportFailure {

  private TransportFailure() {}

  static String words(Throwable thrown) {
    if (has(thrown, UnknownHostException.class)) {
      return "WhatsApp's host name could not be resolved";
    }
    if (has(thrown, ProxyConnectException.class)) {
      return "the proxy made no connection to WhatsApp";
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
