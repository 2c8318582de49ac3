package dev.numberferry.simulation;

import dev.numberferry.simulation.Call.Done;
import dev.numberferry.simulation.Call.Effect;
import dev.numberferry.simulation.Remote.NoAnswer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the models of AWS's clients have in common. */
final class Models {

  private Models() {}

  /** What is answered to a question. */
  static Effect answer(Function<Outside, Object> question) {
    return outside -> Done.of(outside, question.apply(outside));
  }

  /** A call without an answer fails as the SDK fails that has tried in vain. */
  static Object ask(Remote remote, Call call) {
    try {
      return remote.ask(call);
    } catch (NoAnswer e) {
      throw SdkClientException.create("no answer");
    }
  }
}
