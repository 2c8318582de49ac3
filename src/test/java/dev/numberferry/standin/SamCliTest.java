package dev.numberferry.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamCliTest {

  /** The template's default is x86_64, whatever the machine is. */
  @Test
  void onArm64TheTemplateIsTold() {
    assertThat(SamCli.architecture("aarch64"))
        .containsExactly("--parameter-overrides", "Architecture=arm64");
    assertThat(SamCli.architecture("amd64")).isEmpty();
  }
}
