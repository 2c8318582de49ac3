package dev.numberferry.backup;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * CRC-64/NVME, the checksum that S3 makes itself where an uploader sent none, as its console does.
 * The SDK compares it only with native code that is not here. Source: the NVM Express
 * specification, which gives the polynomial 0xAD93D23594C93659, reflected here.
 */
final class Crc64Nvme {

  private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
  private static final long ALL_ONES = -1L;
  private static final long[] OF_BYTE = table();

  private Crc64Nvme() {}

  /** The checksum in the form that S3 tells it in: eight bytes, the highest first, in base64. */
  static String of(byte[] content) {
    long crc = ALL_ONES;
    for (byte next : content) {
      crc = OF_BYTE[(int) (crc ^ next) & 0xFF] ^ (crc >>> Byte.SIZE);
    }
    byte[] sum = ByteBuffer.allocate(Long.BYTES).putLong(crc ^ ALL_ONES).array();
    return Base64.getEncoder().encodeToString(sum);
  }

  private static long[] table() {
    long[] table = new long[1 << Byte.SIZE];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
