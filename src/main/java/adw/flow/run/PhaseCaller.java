package adw.flow.run;

import adw.flow.definition.Role;
import adw.run.Stage;
import adw.spend.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Plays one call of a phase: real agent programs, or a scripted one in tests.
public interface PhaseCaller {
  /// Waits for the answer. A failure of the agent is a value; an `IOException` means that it could
  /// not even be asked.
  Reply play(Ask ask, Watch watch) throws IOException, InterruptedException;

  /// What is asked of an agent.
  record Ask(
      Place place,
      Role role,
      String prompt,
      Wishes wishes,
      Limits limits,
      Optional<Continued> continued) {
    /// Where the call belongs, and where the agent works.
    ///
    /// @param path the phase, inside sub-flows with the phases around it first
    /// @param slot which of the phase's calls; "" where it has one
    record Place(List<String> path, String slot, Path directory) {
      public Place {
        path = List.copyOf(path);
      }
    }

    record Wishes(
        Optional<String> model, Optional<String> thinking, Optional<List<String>> tools) {}

    record Limits(Optional<Duration> time, Duration silence) {}

    /// The same once more, with what was wrong with the last answer.
    Ask correctedFor(String problem) {
      var words =
          "\n\nYour last answer was refused, since it does not fit what is expected: "
              + problem
              + "\nAnswer again, in full, so that it fits.";
      return continued.isPresent()
          ? with(continued.get().adding(words))
          : new Ask(place, role, prompt + words, wishes, limits, continued);
    }

    Ask with(Continued answer) {
      return new Ask(place, role, prompt, wishes, limits, Optional.of(answer));
    }
  }

  /// The agent had asked something, and here is the answer; or it was stopped and goes on.
  ///
  /// @param question empty where it had asked nothing
  record Continued(Optional<String> session, String question, String answer) {
    Continued adding(String words) {
      return new Continued(session, question, answer + words);
    }

    static Continued stopped(Optional<String> session) {
      return new Continued(session, "", "Go on where you stopped.");
    }
  }

  /// Looks over the agent's shoulder while it works.
  interface Watch {
    /// Why the call must end, given what it has used so far.
    Optional<String> tooMuch(Usage soFar);

    /// The line that says what the agent does now.
    void says(String line);

    /// Something that people should know of the phase.
    default void warns(String text) {}

    /// In which session of which agent the call was.
    default void wasIn(String session, String agent) throws IOException {}
  }

  /// Whether the same call may go well a little later, with nobody doing anything.
  enum Again {
    NO,
    /// The words of the message decide.
    AS_WORDED
  }

  /// What came of a call.
  sealed interface Reply {
    Usage usage();

    record Said(String text, Usage usage, Optional<String> model) implements Reply {}

    /// @param retryAt when it is worth another try, where somebody named a time
    record Failed(String message, Usage usage, Again again, Optional<Instant> retryAt)
        implements Reply {}

    /// Nothing goes on before a person acts or a time has come; the run waits.
    ///
    /// @param session in which the agent can go on
    record Waits(
        Stage.Wait.Why what,
        String message,
        Optional<Instant> until,
        Optional<String> session,
        Usage usage)
        implements Reply {}
  }
}
