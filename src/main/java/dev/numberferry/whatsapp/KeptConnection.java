package dev.numberferry.whatsapp;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.stream.Stream;

/**
 * A connection that was kept may have been closed in the meantime, above all while Lambda had
 * frozen the process: the call that finds that out is made once more. Only for calls that are
 * harmless to repeat.
 */
final class KeptConnection {

  private KeptConnection() {}

  static <T> Uni<T> again(Uni<T> call) {
    return call.onFailure(KeptConnection::wasClosed).retry().atMost(1);
  }

  /** Closed or reset; no connection at all, or one that TLS refuses, was none that was kept. */
  private static boolean wasClosed(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .anyMatch(
            it ->
                it instanceof HttpClosedException
                    || it instanceof SocketException && !(it instanceof ConnectException)
                    || it.getClass() == IOException.class);
  }
}
