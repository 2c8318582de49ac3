package dev.numberferry.function;

import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.event.FleetCommand;
import dev.numberferry.event.Payload;
import dev.numberferry.fleet.Fleet;
import dev.numberferry.fleet.FleetAnswer;
import io.quarkus.funqy.Funq;

/**
 * The way in for a state machine that asks what is done next with the numbers of a manifest, and
 * for a person who asks what became of them.
 */
public class FleetFunction {

  private final Fleet fleet;

  FleetFunction(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * @return what comes next, and why
   */
  @Funq(FunctionNames.FLEET)
  public FleetAnswer fleet(Payload event) {
    return Failures.logged(() -> handle(event));
  }

  private FleetAnswer handle(Payload event) {
    try {
      return fleet.answer(FleetCommand.read(event));
    } catch (InvalidInputException e) {
      throw FailedInvocation.withAll(e);
    } catch (StoreException e) {
      throw FailedInvocation.repeatable(e);
    }
  }
}
