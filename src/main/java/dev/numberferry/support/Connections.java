package dev.numberferry.support;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Connections that carry nothing. */
final class Connections {

  private Connections() {}

  /**
   * Connects, unless a proxy is between: that connects when it is asked to. It ends when the thread
   * is interrupted.
   *
   * @param shakeHands whether TLS is to begin, where the endpoint speaks it
   */
  static void open(URI endpoint, boolean shakeHands) throws IOException {
    boolean tls = "https".equals(endpoint.getScheme());
    if (isProxied(endpoint)) {
      return;
    }
    int port = endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80;
    // A channel, unlike a socket, is closed when its thread is interrupted.
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(endpoint.getHost(), port))) {
      if (tls && shakeHands) {
        shakeHands(channel, endpoint.getHost(), port);
      }
    }
  }

  private static boolean isProxied(URI endpoint) {
    return ProxySelector.getDefault().select(endpoint).stream()
        .anyMatch(it -> it.type() != Proxy.Type.DIRECT);
  }

  private static void shakeHands(SocketChannel channel, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket socket = (SSLSocket) factory.createSocket(channel.socket(), host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }
}
