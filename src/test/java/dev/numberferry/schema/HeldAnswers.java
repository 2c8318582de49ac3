package dev.numberferry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.numberferry.event.EventKind;
import dev.numberferry.event.HttpRequest;
import dev.numberferry.event.Payload;
import io.quarkus.funqy.Funq;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Puts an interceptor around every function, so that each answer is held against docs, whether a
 * test invokes the function or calls it. CDI finds this by its entry in META-INF/services.
 */
public final class HeldAnswers implements BuildCompatibleExtension {

  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @interface Held {}

  @Enhancement(types = Object.class, withSubtypes = true, withAnnotations = Funq.class)
  public void hold(MethodConfig method) {
    if (method.info().hasAnnotation(Funq.class)) {
      method.addAnnotation(Held.class);
    }
  }

  @Held
  @Interceptor
  @Priority(Interceptor.Priority.APPLICATION)
  static class Holder {

    private final ObjectMapper json;

    /**
     * @param json writes answers as Lambda gets them
     */
    Holder(ObjectMapper json) {
      this.json = json;
    }

    @AroundInvoke
    Object hold(InvocationContext call) throws Exception {
      Object answer;
      try {
        answer = call.proceed();
      } catch (RuntimeException e) {
        holdFailure(e);
        throw e;
      }
      hold((Payload) call.getParameters()[0], json.valueToTree(answer));
      return answer;
    }

    private static void hold(Payload event, JsonNode answer) {
      boolean isRequest =
          event != null
              && event.problem() == null
              && EventKind.of(event.json()) == EventKind.HTTP_REQUEST
              && answer.has("statusCode");
      if (isRequest) {
        HttpRequest request = HttpRequest.of(event.json());
        Contract.response(request.method(), request.path(), answer);
      } else {
        Contract.answer(answer);
      }
    }

    /** Any other fails with the name of its class, which nobody has to know. */
    private static void holdFailure(RuntimeException failure) {
      if (failure.getClass().getSimpleName().equals("FailedInvocation")) {
        String[] told = failure.toString().split(": ", 2);
        Contract.failure(told[0], told[1]);
      }
    }
  }
}
