package adw.run;

import adw.json.Json;
import java.util.List;
import java.util.Optional;

/// What the loop notes about a run besides its stage, as members of `run.json`. Each has its name
/// here and nowhere else; members that only another version knows are kept.
///
/// @param members of `run.json` that [Run] does not name itself
public record RunNotes(Json.Obj members) {
  public static final RunNotes NONE = new RunNotes(Json.Obj.empty());

  private static final String MARKER = "marker";
  private static final String GROUP = "group";
  private static final String NEXT = "next";
  private static final String STARTS = "starts";
  private static final String EXCUSED = "excused";
  private static final String LIMITS = "limits";
  private static final String COPIED = "copied";
  private static final String UNKEPT = "unkept";
  private static final String CONTINUED = "continued";
  private static final String REOPENED = "reopened";
  private static final String EMPTIED = "emptied";
  private static final String BASE_CHECK = "base-check";
  private static final String GOOD = "good";
  private static final String GOOD_TIP = "goodTip";
  private static final String GOOD_ROUND = "goodRound";

  /// The budget that the subtasks of a group share.
  ///
  /// @param usd dollars for all of them
  public record Group(String name, double usd) {}

  /// The last round that ended well.
  ///
  /// @param commit that it made
  /// @param tip where the branch was when the next one began
  /// @param number of that round
  public record Good(String commit, String tip, int number) {}

  /// The text in the brackets of the line as its author typed it.
  public Optional<String> marker() {
    return members.findText(MARKER);
  }

  public RunNotes withMarker(String typed) {
    return with(MARKER, new Json.Str(typed));
  }

  public Optional<Group> group() {
    return members
        .findObject(GROUP)
        .map(group -> new Group(group.text("name"), group.findDouble("usd").orElse(0.0)));
  }

  public RunNotes withGroup(Group group) {
    var json = Json.Obj.empty().with("name", group.name()).with("usd", Json.Num.of(group.usd()));
    return with(GROUP, json);
  }

  /// The id of the retry that goes on with the lineage.
  public Optional<String> next() {
    return members.findText(NEXT);
  }

  public RunNotes withNext(String id) {
    return with(NEXT, new Json.Str(id));
  }

  /// How often the run was prepared.
  public long starts() {
    return members.findLong(STARTS).orElse(0L);
  }

  public RunNotes withStarts(long starts) {
    return with(STARTS, Json.Num.of(starts));
  }

  /// How many of these starts do not count, since the machine lacked something.
  public long excused() {
    return members.findLong(EXCUSED).orElse(0L);
  }

  public RunNotes withExcused(long excused) {
    return with(EXCUSED, Json.Num.of(excused));
  }

  /// How many rate limits the run has met in a row.
  public long rateLimits() {
    return members.findLong(LIMITS).orElse(0L);
  }

  public RunNotes withRateLimits(long row) {
    return with(LIMITS, Json.Num.of(row));
  }

  /// Files that were copied into the worktree and are not work of the run, as paths in it.
  public List<String> copied() {
    return members.texts(COPIED);
  }

  public RunNotes withCopied(List<String> paths) {
    return with(COPIED, Json.Arr.ofTexts(paths));
  }

  /// Whether its work could not be kept yet.
  public boolean isUnkept() {
    return members.isTrue(UNKEPT);
  }

  public RunNotes asUnkept(boolean isUnkept) {
    return flag(UNKEPT, isUnkept);
  }

  /// Whether the agent was already told to go on with what it left uncommitted.
  public boolean isContinued() {
    return members.isTrue(CONTINUED);
  }

  public RunNotes asContinued() {
    return flag(CONTINUED, true);
  }

  /// Whether an ended run was sent back to work and its branch not looked at again yet.
  public boolean isReopened() {
    return members.isTrue(REOPENED);
  }

  public RunNotes asReopened(boolean isReopened) {
    return flag(REOPENED, isReopened);
  }

  /// Whether somebody has emptied the brackets of its question and said nothing yet.
  public boolean isEmptied() {
    return members.isTrue(EMPTIED);
  }

  public RunNotes asEmptied(boolean isEmptied) {
    return flag(EMPTIED, isEmptied);
  }

  /// Whether this is no task but a verification of the base branch.
  public boolean isBaseCheck() {
    return members.isTrue(BASE_CHECK);
  }

  public RunNotes asBaseCheck() {
    return flag(BASE_CHECK, true);
  }

  public Optional<Good> good() {
    return members
        .findText(GOOD)
        .map(commit ->
            new Good(
                commit,
                members.findText(GOOD_TIP).orElse(commit),
                members.findLong(GOOD_ROUND).orElse(1L).intValue()));
  }

  public RunNotes withGood(Good good) {
    return new RunNotes(
        members
            .with(GOOD, good.commit())
            .with(GOOD_TIP, good.tip())
            .with(GOOD_ROUND, good.number()));
  }

  private RunNotes with(String name, Json value) {
    return new RunNotes(members.with(name, value));
  }

  private RunNotes flag(String name, boolean isSet) {
    return isSet ? with(name, new Json.Bool(true)) : new RunNotes(members.without(name));
  }
}
