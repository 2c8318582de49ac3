package dev.numberferry.schema;

import org.junit.jupiter.api.AfterEach;

/** A test fails by itself where it has made the topic hear what is not as docs has it. */
public interface HeldToDocs {

  @AfterEach
  default void whatWasToldIsAsDocsHasIt() {
    Contract.check();
  }
}
