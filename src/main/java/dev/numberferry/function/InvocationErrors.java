package dev.numberferry.function;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;

/**
 * Errors as they leave the function. An event that is no JSON fails before a function sees it, with
 * a message that quotes the place: it may be a piece of a backup, and Lambda logs and returns it.
 *
 * <p>Funqy's binding does not register the class in which Lambda gets an error: without it a native
 * function ends at its first one.
 */
@Singleton
@RegisterForReflection(targets = FunctionError.class)
class InvocationErrors implements ObjectMapperCustomizer {

  @Override
  public void customize(ObjectMapper mapper) {
    mapper
        .getFactory()
        .setErrorReportConfiguration(
            ErrorReportConfiguration.builder().maxErrorTokenLength(0).build());
  }
}
