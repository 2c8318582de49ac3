package dev.numberferry.standin;

import java.util.UUID;
import java.util.function.Consumer;

/** Hears of every call that a stand-in gets, on the thread that serves it. */
public interface CallListener {

  /** Hears and does nothing. */
  CallListener NONE =
      new CallListener() {
        @Override
        public boolean arrived(Call call) {
          return true;
        }

        @Override
        public void tookEffect(Call call) {}
      };

  /** Lets every call take effect. */
  static CallListener of(Consumer<Call> arrived, Consumer<Call> tookEffect) {
    return new CallListener() {
      @Override
      public boolean arrived(Call call) {
        arrived.accept(call);
        return true;
      }

      @Override
      public void tookEffect(Call call) {
        tookEffect.accept(call);
      }
    };
  }

  /**
   * One call of the outside.
   *
   * @param name such as {@code DynamoDB.PutItem (claim)} or {@code POST register}; nothing that was
   *     sent is part of it
   */
  record Call(UUID id, String name) {}

  /**
   * A call has arrived, and has done nothing yet.
   *
   * @return whether it may take effect
   */
  boolean arrived(Call call);

  /** A call took effect, and its answer is not yet on its way. */
  void tookEffect(Call call);
}
