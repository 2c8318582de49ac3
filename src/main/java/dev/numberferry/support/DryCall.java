package dev.numberferry.support;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * A call of an AWS client that goes all the way up to the network and is never sent: the client is
 * built, credentials and endpoint are found, the request is written and signed.
 */
public final class DryCall {

  private DryCall() {}

  /**
   * Makes a call that sends nothing, and then connects to where it would have gone.
   *
   * @param call makes the request with the configuration that it is handed
   */
  public static void make(Consumer<AwsRequestOverrideConfiguration> call) throws IOException {
    make(call, false);
  }

  /**
   * The same, and shakes hands there. What the first handshake of a process loads serves all hosts,
   * and none of these connections can be kept: one is enough.
   */
  public static void makeAndShakeHands(Consumer<AwsRequestOverrideConfiguration> call)
      throws IOException {
    make(call, true);
  }

  private static void make(Consumer<AwsRequestOverrideConfiguration> call, boolean shakeHands)
      throws IOException {
    try {
      call.accept(AwsRequestOverrideConfiguration.builder().addPlugin(DryCall::stopped).build());
    } catch (Stopped e) {
      Connections.open(e.endpoint, shakeHands);
    }
  }

  private static void stopped(SdkServiceClientConfiguration.Builder client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder().addExecutionInterceptor(new Stop()).build());
  }

  /** Ends a call where it would be sent. */
  private static final class Stop implements ExecutionInterceptor {

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      throw new Stopped(context.httpRequest().getUri());
    }
  }

  private static final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final URI endpoint;

    Stopped(URI endpoint) {
      super("It is not meant to be sent", null, false, false);
      this.endpoint = endpoint;
    }
  }
}
