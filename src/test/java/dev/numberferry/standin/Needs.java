package dev.numberferry.standin;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test needs of the machine. Where that is missing the test is passed over and named; with
 * the environment variable {@code CI} set it fails, so that no check is lost in silence.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Condition.class)
public @interface Needs {

  Tool[] value();

  /** Whether it is passed over with {@code CI} as well. */
  boolean mayBeMissing() default false;

  /** Decides it, for all tests. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<Needs> needs = findAnnotation(context.getElement(), Needs.class);
      if (needs.isEmpty()) {
        return enabled("needs nothing");
      }
      boolean ci = !Optional.ofNullable(System.getenv("CI")).orElse("").isEmpty();
      ConditionEvaluationResult result = judge(needs.get(), Tool::isHere, ci);
      if (result.isDisabled()) {
        String test = context.getRequiredTestClass().getSimpleName();
        System.out.printf("Passed over: %s, as %s%n", test, result.getReason().orElseThrow());
      }
      return result;
    }

    /**
     * @param ci whether what is missing is a failure
     */
    static ConditionEvaluationResult judge(Needs needs, Predicate<Tool> isHere, boolean ci) {
      Optional<Tool> missing = Stream.of(needs.value()).filter(isHere.negate()).findFirst();
      if (missing.isEmpty()) {
        return enabled("all is here");
      }
      String why = missing.get().missing();
      if (ci && !needs.mayBeMissing()) {
        throw new IllegalStateException("With CI set no test is passed over, but " + why);
      }
      return disabled(why);
    }
  }
}
