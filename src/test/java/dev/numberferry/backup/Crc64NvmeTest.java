package dev.numberferry.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Crc64NvmeTest {

  /** The check value of the catalogue of CRCs, and those of the NVM Express specification. */
  @Test
  void isAsTheSpecificationSays() {
    assertThat(hex("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo("ae8b14860a799888");
    assertThat(hex(new byte[4096])).isEqualTo("6482d367eb22b64e");
    assertThat(hex(filled((byte) 0xFF))).isEqualTo("c0ddba7302eca3ac");
    assertThat(hex(new byte[0])).isEqualTo("0000000000000000");
  }

  private static byte[] filled(byte value) {
    byte[] bytes = new byte[4096];
    Arrays.fill(bytes, value);
    return bytes;
  }

  private static String hex(byte[] content) {
    byte[] sum = Base64.getDecoder().decode(Crc64Nvme.of(content));
    return HexFormat.of().toHexDigits(ByteBuffer.wrap(sum).getLong());
  }
}
