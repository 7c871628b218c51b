package adw.agent;

import java.util.Locale;

/// Why an agent failed, as far as somebody must act on it.
public enum FailureKind {
  /// Too much was asked of the model in too little time: the agent pauses.
  RATE_LIMIT,
  /// The model's servers or the way there: worth another try soon.
  OVERLOADED,
  /// Nobody is logged in, or the key is wrong: a person must act.
  AUTH,
  /// No money left: a person must act.
  BILLING,
  /// There is no such model, or not for this account.
  MODEL,
  /// The conversation is longer than the model can read.
  CONTEXT,
  /// Turns, or another limit that is not of money.
  LIMIT,
  /// The dollars that somebody set are spent: whether there are more is a person's to say.
  BUDGET,
  /// The program is not there, or was called in a way it refuses.
  SETUP,
  /// The session to go on in is not on this machine any more.
  SESSION,
  /// It was ended, by us or by a signal, before it had an answer.
  KILLED,
  /// Anything else, such as a request the model's servers call malformed.
  OTHER;

  /// As records and `--json` write it: `rate-limit`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether the same call may go well a little later, with nobody doing anything.
  public boolean isPassing() {
    return this == RATE_LIMIT || this == OVERLOADED;
  }

  /// Whether the agent is of no use to anybody until a person acts.
  public boolean needsPerson() {
    return this == AUTH || this == BILLING;
  }
}
