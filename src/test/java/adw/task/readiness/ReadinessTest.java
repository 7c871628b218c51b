package adw.task.readiness;

import static adw.task.TaskText.parse;
import static org.assertj.core.api.Assertions.assertThat;

import adw.task.TaskText;
import adw.task.readiness.Decision.Held;
import adw.task.readiness.Decision.Prerequisite;
import adw.task.readiness.Decision.Ready;
import adw.task.readiness.Decision.Waiting;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-11-21T22:30:00+01:00[Europe/Berlin]");

  private final TaskText.World world = new TaskText.World();

  /// One line a task: its text and what is to happen with it.
  private String decide(String file) {
    var shown = new StringBuilder();
    for (var decision : Readiness.of(parse(file), world, NOW)) {
      shown
          .append(decision.task().title())
          .append(": ")
          .append(show(decision.state()))
          .append('\n');
    }
    return shown.toString();
  }

  private static String show(Decision.State state) {
    return switch (state) {
      case Ready(var done) -> ("ready " + show(done)).strip();
      case Waiting(var on) -> "waits for " + on;
      case Held(var why, var cure) -> "held: " + why + " (" + cure + ")";
      case Decision.Gate _ -> "gate";
      case Decision.AsksFirst _ -> "asks first";
      case Decision.Due _ -> "due";
      case Decision.Started _ -> "started";
      case Decision.Group(var progress) -> "group " + progress;
    };
  }

  private static String show(List<Prerequisite> done) {
    return String.join(
        " ", done.stream().map(d -> d.commit().orElse("-") + "/" + d.runId().orElse("-")).toList());
  }

  @Test
  void aPlainTaskIsReadyWhateverStandsAbove() {
    assertThat(decide("[❌] a\n[] b\n[retry] c\n")).isEqualTo("a: started\nb: ready\nc: ready\n");
  }

  @Test
  void aBlockedTaskWaitsForEverythingAboveInItsScope() {
    assertThat(
            decide(
                """
                [✅ aaaa111, adw_1] a
                [x] b
                [⊘] c
                [⏰] d
                [⏰] e
                # Git Worktree w
                [⏰] f
                [❌] g
                [⏰] h
                """))
        .isEqualTo(
            """
            a: started
            b: started
            c: started
            d: ready aaaa111/adw_1
            e: waits for line 4: d
            f: ready
            g: started
            h: waits for line 7: f
            """);
  }

  @Test
  void whatFailedOrRunsAboveHolds() {
    assertThat(decide("[❌] a\n[⏰] b\n")).contains("b: waits for line 1, which failed: a");
    assertThat(decide("[🟡, x] a\n[⏰] b\n")).contains("b: waits for line 1, in progress: a");
    assertThat(decide("# Backlog\n[] a\n# Now\n[⏰ daily 03:00] t\n[⏰] b\n"))
        .contains("a: waits for being moved")
        .contains("b: ready");
  }

  @Test
  void namesAndIdsAreExactlyWhatItWaitsFor() {
    world.fates.put("adw_0", new Facts.Fate.Done("adw_9", Optional.of("9999999")));
    world.fates.put("adw_5", new Facts.Fate.Open());
    world.fates.put("adw_6", new Facts.Fate.Failed("adw_6"));

    assertThat(
            decide(
                """
                [⏰ b, a] c
                [✅ aaaa111, adw_1] a {#a}
                [✅ bbbb222, adw_2] b {#b}
                [❌, adw_0] old
                [⏰ adw_0, adw_1] d
                [⏰ adw_5] e
                [⏰ adw_6] f
                [⏰ nobody] g
                [] one {#n}
                [⏰ n] h
                """))
        .isEqualTo(
            """
            c: ready aaaa111/adw_1 bbbb222/adw_2
            a: started
            b: started
            old: started
            d: ready 9999999/adw_9 aaaa111/adw_1
            e: waits for adw_5
            f: waits for adw_6, which failed
            g: held: no task is called nobody (name one with {#nobody} at its end)
            one: ready
            h: waits for line 9: one
            """);
  }

  @Test
  void namesThatCannotBeResolvedHold() {
    assertThat(decide("[x] a {#n}\n[x] b {#n}\n[⏰ n] c\n"))
        .contains("c: held: more than one task is called #n (give them different names)");
  }

  @Test
  void discardedWorkHoldsWhatWaitsForIt() {
    world.fates.put("adw_7", new Facts.Fate.Discarded("adw_7"));
    var held = "held: 1a2b3c4d was discarded (write [] to run this without it)";

    assertThat(decide("[⊘, adw_1a2b3c4d] a {#a}\n[⏰] b\n[⏰ a] c\n[⏰ adw_1a2b3c4d] d\n[] e\n"))
        .isEqualTo("a: started\nb: %1$s\nc: %1$s\nd: %1$s\ne: ready\n".formatted(held));
    assertThat(decide("[⏰ adw_7] a\n"))
        .isEqualTo("a: held: 7 was discarded (write [] to run this without it)\n");
    assertThat(decide("- [ ] g #epic {#g}\n  - [x] a\n  - [⊘, adw_1a2b3c4d] b\n- [⏰ g] c\n"))
        .contains("c: " + held);
  }

  @Test
  void aRetryThatIsDoneStandsForDiscardedWork() {
    world.fates.put("adw_1", new Facts.Fate.Done("adw_2", Optional.of("2222222")));

    assertThat(decide("[⊘, adw_1] a\n[⏰ adw_1] b\n")).contains("b: ready 2222222/adw_2");
  }

  @Test
  void aSkippedLineIsInNobodysWay() {
    assertThat(decide("[⊘] a {#a}\n[-] b\n[⏰] c\n[⏰ a] d\n"))
        .isEqualTo("a: started\nb: started\nc: ready\nd: ready\n");
  }

  @Test
  void circlesHold() {
    assertThat(decide("[⏰ b] a {#a}\n[⏰ a] b {#b}\n[⏰ a] c\n"))
        .isEqualTo(
            """
            a: held: waits for itself: #a → #b → #a (take one name out of [⏰ …])
            b: held: waits for itself: #a → #b → #a (take one name out of [⏰ …])
            c: waits for line 1: a
            """);
    assertThat(decide("[⏰ s] a\n[] b\n[⏰] c {#s}\n")).contains("a: held: waits for itself");
    assertThat(decide("- [ ] g #epic {#g}\n  - [⏰ g] a\n")).contains("a: held: waits for itself");
    assertThat(decide("- [⏰] g #epic\n  - [⏰] a\n  - [⏰] b\n"))
        .contains("a: ready")
        .contains("b: waits for line 2: a");
  }

  @Test
  void groupsCountByTheirSubtasks() {
    assertThat(
            decide(
                """
                - [x] z
                - [⏰] g #epic
                  - [✅ aaaa111, adw_1] a
                  - [ ] b
                - [⏰] c
                - [ ] h #group
                  - [✅ bbbb222, adw_2] d
                  - [⊘] e
                - [⏰ h] i
                - [ ] h #group {#h}
                """))
        .contains("g: group RUNNING")
        .contains("b: ready")
        .contains("c: waits for line 4: b")
        .contains("h: group DONE")
        .contains("h: held: the group has no subtasks");
    assertThat(decide("- [ ] h #group {#h}\n  - [✅ bbbb222, adw_2] d\n- [⏰ h] i\n"))
        .contains("i: ready bbbb222/adw_2");
  }

  @Test
  void aGroupThatWaitsHoldsItsSubtasks() {
    assertThat(decide("[] z\n- [⏰] g #epic\n  - [ ] a\n  - [⏰] b\n"))
        .contains("a: waits for line 1: z")
        .contains("b: waits for line 1: z");
    assertThat(decide("- [⊘] g #epic\n  - [ ] a\n")).contains("a: waits for its group");
    assertThat(decide("[✅ a111, adw_1] z\n- [⏰] g #epic\n  - [ ] a\n"))
        .contains("a: ready a111/adw_1");
  }

  @Test
  void aNamedWorktreeHasOneAtATime() {
    assertThat(
            decide(
                """
                # Git Worktree w
                [] a
                [] b
                # Git Worktree v
                [❓, adw_1] c
                # Branch w
                [] d
                # Git Worktree v
                [] e
                """))
        .isEqualTo(
            """
            a: ready
            b: waits for line 2: a in the same worktree
            c: started
            d: waits for line 2: a in the same worktree
            e: waits for line 5, in progress: c in the same worktree
            """);
  }

  @Test
  void timesAreWaitedFor() {
    world.seen.put("b", Instant.parse("2026-11-21T20:00:00Z"));
    world.seen.put("c", Instant.parse("2026-11-21T21:15:00Z"));
    world.seen.put("e", Instant.parse("2026-11-20T21:15:00Z"));

    assertThat(
            decide(
                """
                [⏰ 22:00] a
                [⏰ 22:00] b
                [⏰ 22:00] c
                [⏰ 23:00] d
                [⏰ 23:00] e
                [⏰ 2026-11-21 22:30] f
                [⏰ 2026-11-21 22:31] g
                """))
        .isEqualTo(
            """
            a: ready
            b: ready
            c: waits for 2026-11-22 22:00
            d: waits for 2026-11-21 23:00
            e: ready
            f: ready
            g: waits for 2026-11-21 22:31
            """);
  }

  @Test
  void aTemplateIsDueOnceHoweverManyTimesWereMissed() {
    var template = "[⏰ daily 03:00] tidy\n";
    assertThat(decide(template)).isEqualTo("tidy: waits for 2026-11-22 03:00\n");

    world.seen.put("tidy", Instant.parse("2026-11-10T12:00:00Z"));
    assertThat(decide(template)).isEqualTo("tidy: due\n");

    world.copied.put("tidy", Instant.parse("2026-11-21T02:00:00Z"));
    assertThat(decide(template)).isEqualTo("tidy: waits for 2026-11-22 03:00\n");
  }

  @Test
  void aTemplateWaitsForItsLastCopy() {
    world.seen.put("tidy", Instant.parse("2026-11-10T12:00:00Z"));
    var template = "[⏰ daily 03:00] tidy {#t}\n";

    assertThat(decide(template + "[] tidy\n"))
        .startsWith("tidy: waits for its last copy, line 2: tidy");
    assertThat(decide(template + "[✅ aaaa111, adw_1] tidy\n"))
        .startsWith("tidy: waits for its last copy");
    assertThat(decide(template + "[x] tidy\n")).startsWith("tidy: due");
  }

  @Test
  void aGroupMayBeATemplateToo() {
    world.seen.put("nightly #group", Instant.parse("2026-11-10T12:00:00Z"));
    var steps = "nightly #group\n  [] one\n  [⏰] two\n";
    var template = "[⏰ daily 03:00] " + steps;

    assertThat(decide(template))
        .isEqualTo(
            """
            nightly: due
            one: waits for its template, whose copies are run
            two: waits for its template, whose copies are run
            """);
    assertThat(decide(template + "[] " + steps))
        .startsWith("nightly: waits for its last copy, line 4: nightly\n")
        .endsWith("one: ready\ntwo: waits for line 5: one\n");
    var ended = "[] nightly #group\n  [x] one\n  [✅ aaaa111, adw_1] two\n";
    assertThat(decide(template + ended)).startsWith("nightly: waits for its last copy");
    var seen = ended.replace("✅ aaaa111, adw_1", "x");
    assertThat(decide(template + seen)).startsWith("nightly: due");
  }

  @Test
  void whatIsToBeCopiedKeepsNoLineAbove() {
    var file = TaskText.parse("[x] a\n[⏰ daily 03:00] nightly #group\n  [⏰] one\n");
    assertThat(Readiness.isStillNeeded(file, file.tasks().getFirst())).isFalse();
  }

  @Test
  void whatAWrongClockToldIsForgotten() {
    var ahead = Instant.parse("2030-01-01T00:00:00Z");
    world.seen.put("tidy", ahead);
    world.seen.put("later", ahead);
    assertThat(decide("[⏰ 22:00] later\n")).isEqualTo("later: ready\n");

    world.copied.put("tidy", ahead);
    assertThat(decide("[⏰ daily 03:00] tidy\n")).isEqualTo("tidy: due\n");
    assertThat(decide("[⏰ mon 03:00] tidy\n")).isEqualTo("tidy: waits for 2026-11-23 03:00\n");
  }

  @Test
  void aGateAsksAPersonWhenItsTurnHasCome() {
    assertThat(decide("[] a\n[⏰] ship it? #approve\n")).endsWith("ship it?: waits for line 1: a\n");
    assertThat(decide("[x] a\n[⏰] ship it? #approve\n")).endsWith("ship it?: gate\n");
  }

  @Test
  void whatIsWrongIsSaidBeforeTheClaim() {
    world.obstacles.put("a", new Held("no agent is installed", "install one"));

    assertThat(decide("[] a\n")).isEqualTo("a: held: no agent is installed (install one)\n");
    assertThat(decide("[] b {budget=x}\n")).startsWith("b: held: budget cannot be \"x\"");
    assertThat(decide("# Git Worktree ../x\n[] c\n"))
        .startsWith("c: held: its worktree cannot be made");
    assertThat(decide("[🟡] d\n")).startsWith("d: held: the mark has no run id");
  }

  @Test
  void aPausedOrConflictedFileStartsNothing() {
    assertThat(decide("<!-- adw: pause -->\n\n[] a\n[🟡, x] b\n"))
        .isEqualTo("a: waits for <!-- adw: pause --> in the file\nb: started\n");
    assertThat(decide("<<<<<<< a\n[] a\n=======\n[] b\n>>>>>>> b\n"))
        .startsWith("a: held: the file holds git conflict markers");
  }
}
