package dev.numberferry.function;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.arc.All;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** How JSON comes from Lambda and goes back, instead of Quarkus' own default. */
class LambdaJson {

  @Produces
  @Singleton
  ObjectMapper mapper(@All List<ObjectMapperCustomizer> customizers) {
    ObjectMapper mapper = new LambdaMapper();
    customizers.stream().sorted().forEach(it -> it.customize(mapper));
    // A message that quotes the place could quote a piece of a backup.
    mapper
        .getFactory()
        .setErrorReportConfiguration(
            ErrorReportConfiguration.builder().maxErrorTokenLength(0).build());
    return mapper.registerModule(
        new SimpleModule().addSerializer(FunctionError.class, new FunctionErrorSerializer()));
  }
}
