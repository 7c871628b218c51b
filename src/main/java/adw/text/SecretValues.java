package adw.text;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;

/// Values of variables whose names say that they are secret: a workflow may print one.
public final class SecretValues {
  private static final Pattern NAME =
      Pattern.compile(
          ".*(?:SECRET|TOKEN|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY).*"
              + "|.*_(?:KEY|PASS|PWD|DSN)",
          Pattern.CASE_INSENSITIVE);

  /// What is shorter is no secret, and stands in many a sentence.
  private static final int SHORTEST = 8;

  private SecretValues() {}

  public static String mask(String text, Map<String, String> environment) {
    var masked = text;
    for (var secret :
        environment.entrySet().stream()
            .filter(SecretValues::isSecret)
            .map(Map.Entry::getValue)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      masked = masked.replace(secret, "***");
    }
    return masked;
  }

  /// A path only says where one is.
  private static boolean isSecret(Map.Entry<String, String> variable) {
    var value = variable.getValue();
    return value.length() >= SHORTEST
        && !value.startsWith("/")
        && NAME.matcher(variable.getKey()).matches();
  }
}
