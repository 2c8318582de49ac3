package dev.numberferry.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of JSON without its end. */
class CutJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'error': {'code': 133005, 'message': 'a' | {'error': {'code': 133005}}",
        "{'error': {'code': 133005} | {'error': {'code': 133005}}",
        "{'error': {'message': 'a', 'code': 1330 | {'error': {'message': 'a'}}",
        "{'error': {'message': 'a, b} | {'error': {}}",
        "{'a': [1, {'b': 2}], 'c': true, 'd': | {'a': [1], 'c': true}",
        "{'errors': [{'code': 133005, 'title': 'a' | {'errors': [{'code': 133005}]}",
        "{'errors': [{'code': 1}, {'code': 2}, | {'errors': [{'code': 1}]}",
        "{'errors': [], 'c': true, | {'errors': [], 'c': true}",
        "{'a': [[1, 2], [3]], 'c': true, | {'a': [[1]], 'c': true}",
        "{'a': [null, {'b': 1}], 'c': true, | {'a': [], 'c': true}",
        "{'a': null, 'b': 1.5, 'c': 2, | {'c': 2}",
        "[{'error': {'code': 1}}, | {}",
        "<html>, {'error': {'code': 1}} | {}",
        "`` | {}"
      })
  void onlyWhatIsThereAsAWholeCounts(String cut, String read) {
    assertThat(CutJson.read(cut.replace('\'', '"')).toString())
        .isEqualTo(read.replace('\'', '"').replace(": ", ":").replace(", ", ","));
  }
}
