package dev.numberferry.whatsapp;

import dev.numberferry.support.WrongSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start where WhatsApp would have to be asked through a proxy that cannot be used. */
@ApplicationScoped
class ProxyCheck {

  private final Config config;
  private final String function;

  ProxyCheck(
      Config config, @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function) {
    this.config = config;
    this.function = function.orElse("");
  }

  void onStart(@Observes StartupEvent start) {
    List<String> problems = ProxiedClients.problem(config).stream().toList();
    WrongSettings.stop(WrongSettings.stoppingOrLogged(problems, function));
  }
}
