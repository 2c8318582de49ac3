package dev.numberferry.crash;

import dev.numberferry.binary.FerryProcess;
import dev.numberferry.standin.LambdaStandIn;
import dev.numberferry.standin.LambdaStandIn.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Processes of one function, each of which takes the next event that was delivered to them all. */
final class Ferries implements AutoCloseable {

  private final String name;
  private final List<FerryProcess> processes;
  private final LambdaStandIn lambda;

  Ferries(String name, List<FerryProcess> processes, LambdaStandIn lambda) {
    this.name = name;
    this.processes = processes;
    this.lambda = lambda;
  }

  CompletableFuture<Answer> deliver(String event) {
    return lambda.deliver(name, event);
  }

  void freeze() {
    processes.forEach(FerryProcess::freeze);
  }

  void thaw() {
    processes.forEach(FerryProcess::thaw);
  }

  /** Kills them, as SIGKILL does, and returns when they are dead; what they worked on is lost. */
  @Override
  public void close() {
    processes.forEach(FerryProcess::close);
    lambda.forget(name);
  }
}
