package adw.os;

import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a person reads of an exception. The messages of java.nio are bare paths, and those of the
/// JDK's unchecked exceptions are for programmers.
public final class ProblemWords {
  /// What an exception says that was made of its cause alone.
  private static final Pattern CLASSES =
      Pattern.compile("^(?:(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error): )+");

  private ProblemWords() {}

  public static String of(Throwable problem) {
    return switch (problem) {
      case UncheckedIOException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case FileSystemException file -> file.getFile() == null ? said(file) : ofFile(file);
      case CharacterCodingException _ -> "a text is not UTF-8 (save it as UTF-8)";
      case InvalidPathException path ->
          "'%s' is no path".formatted(path.getInput().replace("\0", "\\0"));
      case OutOfMemoryError memory -> "adw ran out of memory: " + memory.getMessage();
      default -> isFault(problem) ? fault(problem) : said(problem);
    };
  }

  private static String ofFile(FileSystemException problem) {
    var file = problem.getFile();
    var why = problem.getReason();
    return switch (problem) {
      case NoSuchFileException _ -> file + ": no such file or folder";
      case AccessDeniedException _ -> file + ": permission denied";
      case FileAlreadyExistsException _ -> file + ": exists already";
      case DirectoryNotEmptyException _ -> file + ": the folder is not empty";
      case NotDirectoryException _ -> file + ": is no folder";
      case FileSystemLoopException _ -> file + ": its links lead in a circle";
      default -> file + ": " + (why == null || why.isBlank() ? "the file system refused it" : why);
    };
  }

  private static String said(Throwable problem) {
    var message = problem.getMessage();
    if (message != null && !message.isBlank()) {
      return CLASSES.matcher(message).replaceFirst("");
    }
    return problem.getCause() == null ? fault(problem) : of(problem.getCause());
  }

  /// An exception that the JDK throws at a wrong program.
  private static boolean isFault(Throwable problem) {
    return problem instanceof Error
        || (problem instanceof RuntimeException
            && problem.getClass().getModule().equals(Object.class.getModule()));
  }

  private static String fault(Throwable problem) {
    var place =
        Stream.of(problem.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("adw."))
            .findFirst()
            .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber());
    return "a fault in adw itself" + place.orElse("") + " (please report it)";
  }
}
