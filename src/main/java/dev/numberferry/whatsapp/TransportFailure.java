package dev.numberferry.whatsapp;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Tells whether a call that failed had left this machine. Only what certainly happens before the
 * first byte of the request counts as not sent; a TLS alert from the other side, for one, may come
 * after it.
 */
final class TransportFailure {

  /**
   * @param what a text without anything of the request
   */
  record Failure(boolean beforeSending, String what) {}

  private TransportFailure() {}

  static Failure failure(Throwable thrown) {
    if (has(thrown, UnknownHostException.class)) {
      return new Failure(true, "WhatsApp's host name could not be resolved");
    }
    if (has(thrown, ConnectException.class) || has(thrown, NoRouteToHostException.class)) {
      return new Failure(true, "no connection to WhatsApp could be made");
    }
    if (has(thrown, CertificateException.class)) {
      return new Failure(true, "the certificate of WhatsApp's host was not trusted");
    }
    if (has(thrown, SslHandshakeTimeoutException.class)) {
      return new Failure(true, "WhatsApp's host did not finish the TLS handshake");
    }
    if (has(thrown, TimeoutException.class)
        || has(thrown, io.smallrye.mutiny.TimeoutException.class)) {
      return new Failure(false, "WhatsApp did not answer in time");
    }
    return new Failure(
        false,
        "the connection to WhatsApp broke off (" + root(thrown).getClass().getSimpleName() + ")");
  }

  private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    return chain(thrown).anyMatch(type::isInstance);
  }

  private static Throwable root(Throwable thrown) {
    return chain(thrown).reduce(thrown, (one, next) -> next);
  }

  private static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(20);
  }
}
