package adw.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "feature-1", "v1.2", "ünïcode", "日本", "a@b", "adw_feature"})
  void whatIsHarmlessAsAFolderAndAsABranchIsAName(String name) {
    assertThat(ScopeName.findFault(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', the heading names no worktree",
    "-a, the name starts with -",
    ".a, the name starts with .",
    "a..b, the name holds .. or @",
    "a@{b, the name holds .. or @",
    "@, the name holds .. or @",
    "HEAD, the name is one of git's or of a run",
    "ADW_1a2b3c4d, the name is one of git's or of a run",
    "a., the name ends with . or .lock",
    "a.lock, the name ends with . or .lock",
    "a b, the name holds a blank",
    "a/b, the name holds /",
    "a\\b, the name holds \\",
    "a~b, the name holds ~",
    "a:b, the name holds :"
  })
  void whatIsNotIsToldWithItsReason(String name, String fault) {
    assertThat(ScopeName.findFault(name)).contains(fault);
  }

  @Test
  void whatNobodySeesIsToldByItsCode() {
    assertThat(ScopeName.findFault("a\u200Bb")).contains("the name holds U+200B");
    assertThat(ScopeName.findFault("a\u00A0b")).contains("the name holds U+00A0");
  }

  @Test
  void itsBytesAreCounted() {
    assertThat(ScopeName.findFault("é".repeat(50))).isEmpty();
    assertThat(ScopeName.findFault("é".repeat(51))).contains("the name is longer than 100 bytes");
  }
}
