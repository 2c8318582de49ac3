package dev.numberferry.standin;

import java.util.UUID;

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
