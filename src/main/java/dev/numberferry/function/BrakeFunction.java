package dev.numberferry.function;

import dev.numberferry.domain.BrakeState;
import dev.numberferry.domain.FunctionNames;
import dev.numberferry.domain.InvalidInputException;
import dev.numberferry.domain.StoreException;
import dev.numberferry.event.Payload;
import dev.numberferry.migration.BrakeControl;
import io.quarkus.funqy.Funq;
import java.util.Optional;

/** The way in for a person who engages or releases the brake, or asks for its state. */
public class BrakeFunction {

  private final BrakeControl control;

  BrakeFunction(BrakeControl control) {
    this.control = control;
  }

  /**
   * @return the brake afterwards
   */
  @Funq(FunctionNames.BRAKE)
  public BrakeAnswer brake(Payload event) {
    return Failures.logged(() -> handle(event));
  }

  private BrakeAnswer handle(Payload event) {
    try {
      return BrakeAnswer.of(carryOut(BrakeCommand.read(event)));
    } catch (InvalidInputException e) {
      throw new FailedInvocation(e);
    } catch (StoreException e) {
      throw new FailedInvocation(e);
    }
  }

  /** A command has somebody who gives it: without one it only asks. */
  private BrakeState carryOut(BrakeCommand command) {
    if (command.by() == null) {
      return control.state();
    }
    if (command.engage() != null) {
      return control.engage(command.by(), command.engage());
    }
    return command.release() != null
        ? control.release(command.by(), command.release(), Optional.ofNullable(command.brakeId()))
        : control.state();
  }
}
