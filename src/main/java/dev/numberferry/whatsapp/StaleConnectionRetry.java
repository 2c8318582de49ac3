package dev.numberferry.whatsapp;

import dev.numberferry.support.Causes;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;

/**
 * A connection that was kept may have been closed in the meantime, above all while Lambda had
 * frozen the process: a call that finds that out is made again, as often as connections can have
 * been kept. Only for calls that are harmless to repeat.
 */
final class StaleConnectionRetry {

  /** So many questions are asked side by side after a call. */
  private static final int MOST = 6;

  private StaleConnectionRetry() {}

  static <T> Uni<T> again(Uni<T> call) {
    return call.onFailure(StaleConnectionRetry::wasClosed).retry().atMost(MOST);
  }

  /** Closed or reset; no connection at all, or one that TLS refuses, was none that was kept. */
  private static boolean wasClosed(Throwable thrown) {
    return !AnswerLimits.headersExceed(thrown)
        && Causes.of(thrown)
            .anyMatch(
                it ->
                    it instanceof HttpClosedException
                        || (it instanceof SocketException && !(it instanceof ConnectException))
                        || it instanceof ClosedChannelException
                        || it.getClass() == IOException.class);
  }
}
