package adw.task.file;

import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// Tells one version of the file from another: its size and two checksums, 64 bits in all. Both run
/// at the speed of memory; nobody gains by forging one.
record VersionHash(long size, int crc, int crcC) {
  static VersionHash of(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    var crcC = new CRC32C();
    crcC.update(bytes);
    return new VersionHash(bytes.length, (int) crc.getValue(), (int) crcC.getValue());
  }

  /// The size of the text that `hex` was made of.
  static long sizeIn(String hex) {
    return Long.parseLong(hex, 0, hex.indexOf('-'), 16);
  }

  /// Fit for a file name.
  String hex() {
    var digits = HexFormat.of();
    return Long.toHexString(size) + "-" + digits.toHexDigits(crc) + digits.toHexDigits(crcC);
  }
}
