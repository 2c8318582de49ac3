package dev.numberferry.standin;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.function.Function;

/** Answers whatever comes to a stub that names it. */
final class Answers implements ResponseDefinitionTransformerV2 {

  private final String name;
  private final Function<Request, ResponseDefinitionBuilder> answer;

  Answers(String name, Function<Request, ResponseDefinitionBuilder> answer) {
    this.name = name;
    this.answer = answer;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    return answer.apply(event.getRequest()).build();
  }
}
