package dev.numberferry.standin;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that takes a connection and then does with it what no HTTP server would. */
public final class RawServer implements AutoCloseable {

  /** What becomes of a connection. */
  public enum Behaviour {
    /** Nothing is ever answered. */
    SILENT(null, false),
    /** It ends at the first byte that comes. */
    CLOSES("", true),
    /** Something is answered that is no TLS. */
    SPEAKS_PLAIN("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", true),
    /** The head is answered, and a part of the body, and then nothing more. */
    STALLS("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"succ", false),
    /** The head is larger than anybody reads. */
    LARGE_HEAD("HTTP/1.1 200 OK\r\nX-Usage: " + "u".repeat(300_000) + "\r\n\r\n", false);

    private final String answer;
    private final boolean closes;

    Behaviour(String answer, boolean closes) {
      this.answer = answer;
      this.closes = closes;
    }
  }

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  public RawServer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(this::serve, "raw-server");
    serving.setDaemon(true);
    serving.start();
  }

  /** The port on the loopback address. */
  public int port() {
    return server.getLocalPort();
  }

  /** How many bytes were sent to it, over all connections. */
  public int received() {
    return received.get();
  }

  /** How many connections were made to it. */
  public int connections() {
    return connections.get();
  }

  /** Waits until every connection that was made so far has been counted; this is one more. */
  public void settle() throws IOException {
    try (Socket last = new Socket(server.getInetAddress(), port())) {
      last.getOutputStream().write(0);
      last.shutdownOutput();
      while (last.getInputStream().read() >= 0) {
        // What it answers, if anything, says nothing more.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        talk(socket);
      } catch (IOException e) {
        // The other side went away, or the test is over.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[8192];
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      received.addAndGet(read);
      if (behaviour.answer != null) {
        socket.getOutputStream().write(behaviour.answer.getBytes(StandardCharsets.US_ASCII));
      }
      if (behaviour.closes) {
        return;
      }
    }
  }
}
