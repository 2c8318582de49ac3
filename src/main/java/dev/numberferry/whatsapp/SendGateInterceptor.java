package dev.numberferry.whatsapp;

import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * Where a request with a body passes its {@link SendGate}: the body is ready, and the connection
 * has no byte of it. What remains are the microseconds between passing and the first byte.
 */
final class SendGateInterceptor implements WriterInterceptor {

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    context.proceed();
    if (context.getEntity() instanceof RegisterBody body) {
      body.gate().pass();
    }
  }
}
