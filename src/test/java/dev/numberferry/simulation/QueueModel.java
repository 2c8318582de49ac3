package dev.numberferry.simulation;

import dev.numberferry.simulation.Call.Service;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;

/** SQS as a process sees it that works on a message: it can only say when that comes back. */
final class QueueModel implements SqsClient {

  private final Remote remote;

  QueueModel(Remote remote) {
    this.remote = remote;
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    Models.ask(
        remote, Call.read(Service.QUEUE, "ChangeMessageVisibility", Models.answer(it -> true)));
    return ChangeMessageVisibilityResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
