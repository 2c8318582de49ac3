package dev.numberferry.support;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends AWS's clients, which connect as the JDK does, through the {@link HttpsProxy}; directly,
 * where that cannot be used. No call of {@code register} is made where they take another by
 * themselves.
 */
@ApplicationScoped
class ProxyAtStart {

  private static final Logger LOG = Logger.getLogger(ProxyAtStart.class);

  private static final URI AWS = URI.create("https://sns.amazonaws.com");

  private final Config config;
  private final String function;
  private final ProxySelector before = ProxySelector.getDefault();

  ProxyAtStart(
      Config config, @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function) {
    this.config = config;
    this.function = function.orElse("");
  }

  /** Before anything connects. */
  void onStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
    HttpsProxy.problem(config, AWS).ifPresent(it -> LOG.warnf("AWS is asked directly: %s", it));
    List<String> problems = HttpsProxy.ofPlainHttp(config).stream().toList();
    WrongSettings.stop(WrongSettings.stoppingOrLogged(problems, function));
    HttpsProxy.of(config).ifPresent(it -> ProxySelector.setDefault(new Selector(it, before)));
  }

  void onStop(@Observes ShutdownEvent stop) {
    ProxySelector.setDefault(before);
  }

  /** Through the proxy what it serves, and else as before. */
  static final class Selector extends ProxySelector {

    private final HttpsProxy proxy;
    private final ProxySelector others;

    Selector(HttpsProxy proxy, ProxySelector others) {
      this.proxy = proxy;
      this.others = others;
    }

    @Override
    public List<Proxy> select(URI asked) {
      return proxy.serves(asked)
          ? List.of(
              new Proxy(
                  Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())))
          : others.select(asked);
    }

    /** There is no other way: what failed is told where the call was made. */
    @Override
    public void connectFailed(URI asked, SocketAddress address, IOException thrown) {
      others.connectFailed(asked, address, thrown);
    }
  }
}
