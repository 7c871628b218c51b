# Finds a JDK of at least version 25 and sets JAVA_HOME to it; sourced by ./adw and ./mvnw.
# Order: ADW_JAVA_HOME, JAVA_HOME, PATH, the usual folders of Linux, macOS and SDKMAN.
# Reads the "release" file of a JDK instead of starting it: starting one costs 50 ms.

jdk_version() { # prints the feature version of the JDK in $1, or nothing
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=*)
        line=${line#*\"}; line=${line%%\"*}; line=${line%%.*}; line=${line%%[!0-9]*}
        printf '%s' "$line"
        return 0 ;;
    esac
  done < "$1/release"
}

jdk_fits() { # true if $1 is a JDK of version 25 or later that can compile
  [ -n "$1" ] && [ -x "$1/bin/javac" ] || return 1
  version=$(jdk_version "$1")
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

find_jdk() { # sets JAVA_HOME; false if there is none
  for home in "${ADW_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    if jdk_fits "$home"; then JAVA_HOME=$home; return 0; fi
  done
  java=$(command -v java 2>/dev/null || :)
  if [ -n "$java" ]; then
    java=$(readlink -f "$java" 2>/dev/null || printf '%s' "$java")
    if jdk_fits "${java%/bin/java}"; then JAVA_HOME=${java%/bin/java}; return 0; fi
  fi
  for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/root}"/.sdkman/candidates/java/* \
      "${HOME:-/root}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if jdk_fits "$home"; then JAVA_HOME=$home; return 0; fi
  done
  return 1
}
