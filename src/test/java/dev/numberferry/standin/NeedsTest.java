package dev.numberferry.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class NeedsTest {

  @Needs({Tool.MOTO, Tool.JQ})
  private static final class OfTwo {}

  @Needs(value = Tool.JQ, mayBeMissing = true)
  private static final class OfOneThatMayBeMissing {}

  @Test
  void whatHasAllRuns() {
    assertThat(judge(OfTwo.class, Set.of(Tool.MOTO, Tool.JQ), true).isDisabled()).isFalse();
  }

  @Test
  void whatLacksSomethingIsPassedOverAndSaysHowToInstallIt() {
    ConditionEvaluationResult result = judge(OfTwo.class, Set.of(Tool.JQ), false);

    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason())
        .hasValue(
            "moto's server is missing:"
                + " run python3 -m pip install -r src/test/python/requirements.txt");
  }

  @Test
  void withCiItFails() {
    assertThatThrownBy(() -> judge(OfTwo.class, Set.of(Tool.MOTO), true))
        .hasMessage(
            "With CI set no test is passed over, but jq is missing:"
                + " install your system's package jq");
  }

  @Test
  void whatMayBeMissingIsPassedOverWithCiToo() {
    assertThat(judge(OfOneThatMayBeMissing.class, Set.of(), true).isDisabled()).isTrue();
  }

  private static ConditionEvaluationResult judge(Class<?> test, Set<Tool> here, boolean ci) {
    return Needs.Condition.judge(test.getAnnotation(Needs.class), here::contains, ci);
  }
}
