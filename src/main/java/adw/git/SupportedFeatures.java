package adw.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import adw.git.config.GitConfig;
import adw.git.config.Hooks;
import adw.git.config.RepositoryPaths;
import adw.git.config.UnsupportedException;
import adw.git.content.Attributes;
import adw.os.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Whether this repository uses only what we know to do right by ourselves; else the reasons why
/// the `git` program does the work. An allow-list: a setting of git's core that is not on it is a
/// reason. What only a look into trees can tell (submodules, filters) is met by those who work, as
/// an `UnsupportedException`; `ofTree` looks for it beforehand.
public record SupportedFeatures(List<String> reasons) {
  /// Read by us, or without effect on files, index, objects and refs.
  private static final Set<String> HARMLESS =
      Set.of(
          "repositoryformatversion",
          "bare",
          "autocrlf",
          "eol",
          "attributesfile",
          "excludesfile",
          "hookspath",
          "editor",
          "pager",
          "commentchar",
          "commentstring",
          "abbrev",
          "quotepath",
          "warnambiguousrefs",
          "whitespace",
          "sshcommand",
          "gitproxy",
          "askpass",
          "compression",
          "loosecompression",
          "packedgitwindowsize",
          "packedgitlimit",
          "deltabasecachelimit",
          "bigfilethreshold",
          "preloadindex",
          "untrackedcache",
          "commitgraph",
          "multipackindex",
          "filesreflocktimeout",
          "packedrefstimeout",
          "alternaterefscommand",
          "alternaterefsprefixes",
          "restrictinheritedhandles",
          "unsetenvvars",
          "notesref",
          "usereplacerefs",
          "checkroundtripencoding",
          "maxtreedepth",
          "sparsecheckoutcone",
          // Of Windows only.
          "longpaths",
          "fscache");

  /// Good with these values only.
  private static final Set<String> HARMLESS_VALUES =
      Set.of(
          "filemode=true",
          "logallrefupdates=true",
          "logallrefupdates=always",
          "symlinks=true",
          "ignorecase=false",
          "precomposeunicode=false",
          "trustctime=true",
          "checkstat=default",
          "splitindex=false",
          "fsmonitor=false",
          "sparsecheckout=false",
          "sharedrepository=false",
          "sharedrepository=umask",
          "sharedrepository=0",
          "safecrlf=false",
          "safecrlf=warn",
          "protecthfs=false",
          "protectntfs=true",
          "fsyncobjectfiles=false",
          "hidedotfiles=false",
          "hidedotfiles=dotgitonly");

  private static final Set<String> EXTENSIONS =
      Set.of(
          "noop",
          "noop-v1",
          "objectformat=sha1",
          "refstorage=files",
          "preciousobjects",
          "worktreeconfig");

  public SupportedFeatures {
    reasons = List.copyOf(reasons);
  }

  public boolean isOwn() {
    return reasons.isEmpty();
  }

  static SupportedFeatures of(RepositoryParts repository, RepositoryPaths place)
      throws IOException {
    var config = repository.config(place);
    var reasons = new ArrayList<String>();
    addSettings(config, reasons);
    addFiles(place, reasons);
    addHooks(Hooks.of(place, config, repository.world()), reasons);
    if (!repository.store().jgit().getRefDatabase().getRefsByPrefix("refs/replace/").isEmpty()) {
      reasons.add("replaced objects (refs/replace)");
    }
    if (!Directory.isSupported()) {
      reasons.add("system calls that this machine lacks");
    }
    return new SupportedFeatures(reasons);
  }

  SupportedFeatures and(SupportedFeatures other) {
    return new SupportedFeatures(Stream.concat(reasons.stream(), other.reasons.stream()).toList());
  }

  /// What the commit that is checked out asks for: each reason once.
  static SupportedFeatures ofTree(RepositoryParts repository, RepositoryPaths place)
      throws IOException {
    var commit = place.commit();
    if (commit.isEmpty()) {
      return new SupportedFeatures(List.of());
    }
    var reasons = new LinkedHashSet<String>();
    try (var walk = new TreeWalk(repository.store().jgit())) {
      walk.addTree(repository.store().readTree(ObjectId.fromString(commit.get())));
      walk.setRecursive(true);
      while (walk.next()) {
        addEntry(repository, place, walk, reasons);
      }
    }
    return new SupportedFeatures(List.copyOf(reasons));
  }

  private static void addEntry(
      RepositoryParts repository, RepositoryPaths place, TreeWalk walk, Set<String> reasons)
      throws IOException {
    var name = walk.getNameString();
    if (walk.getRawMode(0) == IndexEntry.REPOSITORY) {
      reasons.add("submodules");
    } else if (UnsafeNames.isSuspect(name.getBytes(UTF_8))) {
      reasons.add("the name " + walk.getPathString());
    } else if (name.equals(".gitattributes")) {
      addAttributes(repository, place, walk, reasons);
    }
  }

  private static void addAttributes(
      RepositoryParts repository, RepositoryPaths place, TreeWalk walk, Set<String> reasons)
      throws IOException {
    try {
      Attributes.outer(place, repository.config(place), repository.world())
          .in("", repository.store().readBlob(walk.getObjectId(0)));
    } catch (UnsupportedException why) {
      reasons.add(why.what() + " (" + walk.getPathString() + ")");
    }
  }

  private static void addSettings(GitConfig config, List<String> reasons) {
    for (var key : config.keys()) {
      var value = config.find(key).orElse("").toLowerCase(Locale.ROOT);
      if (!isHarmless(key, value, config)) {
        reasons.add("the setting " + key + " = " + value);
      }
    }
  }

  private static boolean isHarmless(String key, String value, GitConfig config) {
    var name = key.substring(key.lastIndexOf('.') + 1);
    return switch (key.substring(0, key.indexOf('.'))) {
      case "core" ->
          HARMLESS.contains(name)
              || HARMLESS_VALUES.contains(name + "=" + plain(key, value, config));
      case "extensions" -> EXTENSIONS.contains(name) || EXTENSIONS.contains(name + "=" + value);
      case "index" -> !name.equals("sparse") || !config.isOn(key, false);
      case "remote" -> !name.equals("promisor") && !name.equals("partialclonefilter");
      case "i18n" -> !name.equals("commitencoding") || value.equals("utf-8");
      case "worktree" -> !name.equals("userelativepaths") || !config.isOn(key, false);
      case "hook" -> false;
      default -> true;
    };
  }

  private static String plain(String key, String value, GitConfig config) {
    var on = config.isOn(key, false);
    return switch (value) {
      case "yes", "on", "1", "true", "no", "off", "" -> Boolean.toString(on);
      default -> value;
    };
  }

  private static void addFiles(RepositoryPaths place, List<String> reasons) throws IOException {
    var common = place.commonDir();
    if (Files.exists(common.resolve("config.worktree"))
        || Files.exists(place.gitDir().resolve("config.worktree"))) {
      reasons.add("settings of single worktrees (config.worktree)");
    }
    if (Files.exists(common.resolve("info").resolve("grafts"))) {
      reasons.add("grafts");
    }
    if (hasPromisor(common.resolve("objects").resolve("pack"))) {
      reasons.add("a partial clone");
    }
  }

  private static boolean hasPromisor(Path packs) throws IOException {
    if (!Files.isDirectory(packs)) {
      return false;
    }
    try (var found = Files.newDirectoryStream(packs, "*.promisor")) {
      return found.iterator().hasNext();
    }
  }

  private static void addHooks(Hooks hooks, List<String> reasons) {
    for (var name : List.of("reference-transaction", "post-index-change")) {
      if (hooks.hasAny(name)) {
        reasons.add("the hook " + name);
      }
    }
  }
}
