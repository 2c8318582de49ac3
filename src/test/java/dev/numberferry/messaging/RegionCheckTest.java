package dev.numberferry.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.numberferry.standin.Sample;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionCheckTest {

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sns:us-east-1:123456789012:results, us-east-1",
    "arn:aws-cn:sns:cn-north-1:123456789012:results, cn-north-1"
  })
  void aTopicOfAnotherRegionIsRefused(String arn, String region) {
    assertThat(RegionCheck.ofTopic(arn, "eu-central-1"))
        .contains(
            "FERRY_TOPIC_ARN must be in the function's region: it is in "
                + region
                + ", and AWS_REGION is eu-central-1.");
    assertThat(RegionCheck.ofTopic(arn, region)).isEmpty();
    assertThat(RegionCheck.ofTopic(Sample.TOPIC, "eu-central-1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://sqs.us-east-1.amazonaws.com/123456789012/m, us-east-1",
    "https://sqs-fips.us-west-2.amazonaws.com/123456789012/m, us-west-2",
    "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/m, cn-north-1"
  })
  void aQueueOfAnotherRegionIsRefused(String url, String region) {
    assertThat(RegionCheck.ofQueue(url, "eu-central-1"))
        .hasValueSatisfying(
            it -> assertThat(it).startsWith("FERRY_QUEUE_URL must be ").contains(region));
    assertThat(RegionCheck.ofQueue(url, region)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://queue.amazonaws.com/123456789012/m",
        "http://localhost:4566/000000000000/m",
        "https://vpce-1.sqs.us-east-1.vpce.amazonaws.com/123456789012/m"
      })
  void aQueueWhoseHostTellsNoRegionIsTaken(String url) {
    assertThat(RegionCheck.ofQueue(url, "eu-central-1")).isEmpty();
  }
}
