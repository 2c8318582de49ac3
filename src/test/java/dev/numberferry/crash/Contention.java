package dev.numberferry.crash;

import dev.numberferry.standin.CallListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds calls back, so that runs are at the same place at the same time. */
final class Contention implements CallListener {

  private final CountDownLatch claims;
  private final CountDownLatch calls = new CountDownLatch(1);
  private final CountDownLatch letGo;

  /**
   * @param claims how many claims have to be on their way before the first of them arrives
   * @param letGo when {@code register} goes on
   */
  Contention(int claims, CountDownLatch letGo) {
    this.claims = new CountDownLatch(claims);
    this.letGo = letGo;
  }

  @Override
  public boolean arrived(Call call) {
    if (call.name().equals("DynamoDB.PutItem (claim)")) {
      claims.countDown();
      await(claims);
    }
    if (call.name().equals("POST register")) {
      calls.countDown();
      await(letGo);
    }
    return true;
  }

  @Override
  public void tookEffect(Call call) {}

  /** Returns when {@code register} was called. */
  void awaitCall() {
    await(calls);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nothing happened for a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
