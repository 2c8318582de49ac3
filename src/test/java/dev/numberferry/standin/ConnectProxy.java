package dev.numberferry.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** A proxy that knows {@code CONNECT}, and relays to one port on loopback whatever is asked for. */
public final class ConnectProxy implements AutoCloseable {

  private final ServerSocket server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int target;
  private volatile int granted;
  private volatile String credentials = "";

  public ConnectProxy() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::serve);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Forgets what was asked, and relays so many connections from now on; more are refused. */
  public void relays(int port, int connections) {
    asked.clear();
    target = port;
    granted = connections;
  }

  /** Refuses from now on whoever does not give this user and password. */
  public void demands(String user, String password) {
    String both = user + ":" + password;
    credentials =
        "basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /** Host and port of each {@code CONNECT}, oldest first. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        start(() -> talk(client));
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  private void talk(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      asked.add(head.replaceFirst("(?s)^CONNECT (\\S+) .*", "$1"));
      if (asked.size() > granted) {
        answer(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      if (!head.matches("(?is).*\\r\\nproxy-authorization: " + Pattern.quote(credentials) + ".*")
          && !credentials.isEmpty()) {
        answer(
            client,
            "HTTP/1.1 407 Proxy Authentication Required\r\n"
                + "Proxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      try (Socket host = new Socket(InetAddress.getLoopbackAddress(), target)) {
        answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
        start(() -> relay(host, client));
        relay(client, host);
      }
    } catch (IOException e) {
      // One side went away.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void answer(Socket client, String text) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void relay(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side went away.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "connect-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
