package adw.os.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where this JVM runs: boot, pid namespace and host, each one word; "-" where it cannot be known.
final class HostIdentity {
  static final String BOOT = read("/proc/sys/kernel/random/boot_id");
  static final String PID_NAMESPACE = link("/proc/self/ns/pid");

  /// `name/machine-id`; the name is for people, the machine id tells hosts apart.
  static final String HOST = read("/proc/sys/kernel/hostname") + "/" + read("/etc/machine-id");

  private HostIdentity() {}

  static boolean isThisHost(String host) {
    return host.equals(HOST) || (hasMachineId() && machineId(host).equals(machineId(HOST)));
  }

  private static boolean hasMachineId() {
    return machineId(HOST).length() > 1;
  }

  private static String machineId(String host) {
    return host.substring(host.lastIndexOf('/') + 1);
  }

  private static String read(String file) {
    try {
      return word(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
    } catch (IOException absent) {
      return "-";
    }
  }

  private static String link(String file) {
    try {
      return word(Files.readSymbolicLink(Path.of(file)).toString().replaceAll("\\D", ""));
    } catch (IOException absent) {
      return "-";
    }
  }

  private static String word(String text) {
    var word = text.replaceAll("[^A-Za-z0-9._-]", "");
    return word.isEmpty() ? "-" : word;
  }
}
