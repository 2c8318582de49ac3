package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SendGateTest {

  private final AtomicBoolean tooLate = new AtomicBoolean();
  private final SendGate gate = new SendGate(tooLate::get);

  @Test
  void whatHasPassedMayHaveBeenSent() {
    gate.pass();

    assertThat(gate.shut()).isFalse();
  }

  @Test
  void nothingPassesWhenSomebodyHasConcludedThatItWasNotSent() {
    assertThat(gate.shut()).isTrue();

    assertThatThrownBy(gate::pass).isInstanceOf(IllegalStateException.class);
    assertThat(gate.shut()).isTrue();
    assertThat(gate.wasTooLate()).isFalse();
  }

  @Test
  void nothingPassesTwice() {
    gate.pass();

    assertThatThrownBy(gate::pass).isInstanceOf(IllegalStateException.class);
    assertThat(gate.shut()).isFalse();
  }

  @Test
  void nothingPassesTooLate() {
    tooLate.set(true);

    assertThatThrownBy(gate::pass).isInstanceOf(IllegalStateException.class);

    assertThat(gate.shut()).isTrue();
    assertThat(gate.wasTooLate()).isTrue();
  }
}
