package dev.numberferry.standin;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * The clients of AWS as they are configured, but for one thing: a call that failed is repeated as
 * often as ever, and without the pauses before that.
 */
@Singleton
class PromptRetries {

  /** How often the SDK makes a call: setting anything of it forgets DynamoDB's own number. */
  private static final int TRIES = 4;

  private static final int TRIES_OF_DYNAMO = 9;

  @Produces
  @Singleton
  DynamoDbClient dynamo(DynamoDbClientBuilder builder) {
    return prompt(builder, TRIES_OF_DYNAMO).build();
  }

  @Produces
  @Singleton
  S3Client s3(S3ClientBuilder builder) {
    return prompt(builder, TRIES).build();
  }

  @Produces
  @Singleton
  SecretsManagerClient secretsManager(SecretsManagerClientBuilder builder) {
    return prompt(builder, TRIES).build();
  }

  @Produces
  @Singleton
  SnsClient sns(SnsClientBuilder builder) {
    return prompt(builder, TRIES).build();
  }

  @Produces
  @Singleton
  SqsClient sqs(SqsClientBuilder builder) {
    return prompt(builder, TRIES).build();
  }

  private static <B extends AwsClientBuilder<B, C>, C> B prompt(B builder, int tries) {
    BackoffStrategy none = BackoffStrategy.retryImmediately();
    return builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .retryStrategy(
                it -> it.maxAttempts(tries).backoffStrategy(none).throttlingBackoffStrategy(none))
            .build());
  }
}
