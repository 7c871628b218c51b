# Makes a new folder in target/launch with adw.jar and its start-up caches, one process at a time; sourced by ./adw when
# something is missing or stale. The jar is a copy: Maven may write target/adw.jar anew while a daemon has its own open.

say_how_to_install_a_jdk() {
  cat <<'END'
adw: no JDK of version 25 or later found (looked at ADW_JAVA_HOME, JAVA_HOME, PATH and the usual folders); install one:
  Debian, Ubuntu   sudo apt install temurin-25-jdk    (https://adoptium.net/installation/linux)
  Fedora           sudo dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  anywhere         curl -s https://get.sdkman.io | bash && sdk install java 25-tem
or point ADW_JAVA_HOME at the one you have
END
}

# make_current: builds what is not current, while other processes that start now wait for it.
make_current() {
  if ! mkdir -p "$home" 2>/dev/null || [ ! -w "$home" ]; then
    [ -n "$build" ] && [ -f "$jar" ] && return 0 # somebody else's checkout: what is there will do
    echo "adw: $home: cannot be written, and nothing is built (build it as its owner: ./adw --version)" >&2
    return 1
  fi
  # What was saved during the build makes it stale at once; the next start builds again.
  with_lock make_missing_parts && { is_current || [ -f "$jar" ]; }
}

# flock(1) goes with its holder, however that ends; where there is none (macOS), a folder must do.
with_lock() {
  if command -v flock >/dev/null 2>&1; then
    ( flock 9 && "$@" 9>&- ) 9>"$home/lock"
    return
  fi
  waited=0
  until mkdir "$home/lock.held" 2>/dev/null; do
    waited=$((waited + 1))
    if [ "$waited" -gt 600 ]; then
      echo "adw: $home/lock.held: another build has held it for ten minutes (none running? rmdir it)" >&2
      return 1
    fi
    sleep 1
  done
  ( trap 'rmdir "$home/lock.held"' EXIT; trap 'exit 130' HUP INT TERM; "$@" )
}

make_missing_parts() {
  is_current && return 0 # whoever held the lock before us did it
  next=$(( ${build:-0} + 1 ))
  while [ -e "$home/$next" ]; do next=$((next + 1)); done
  fresh=$home/$next
  mkdir "$fresh"
  if [ -n "$build" ] && [ -f "$jar" ] && is_newest; then
    cp -p "$jar" "$fresh/adw.jar" # only the JVM is another one
  else
    build_jar || { rm -rf "$fresh"; return 1; }
  fi
  train
  cp "$JAVA_HOME/release" "$fresh/release"
  echo "$next" > "$home/current.new" && mv -f "$home/current.new" "$home/current"
  drop_old_ones
}

# The last ones stay: somebody may be about to start them.
drop_old_ones() {
  for old in "$home"/[0-9]*; do
    [ "${old##*/}" -lt $((next - 2)) ] && rm -rf "$old"
  done
  return 0
}

build_jar() {
  if [ -n "$build" ]; then why="sources changed"; else why="first start; later ones take no time"; fi
  echo "adw: building ($why)" >&2
  : > "$fresh/begun"
  # Compiling only what changed would miss what depends on it; whoever runs does not care about formatting.
  rm -rf "$root/target/classes"
  if ! HOME=${HOME:-$(home_of_user)} "$root/mvnw" -f "$root/pom.xml" -B -ntp -q package \
      -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true </dev/null >"$home/build.log" 2>&1; then
    # Maven says each error three times, and a page on itself.
    grep '^\[ERROR\]' "$home/build.log" | grep -v 'Help 1\|re-run Maven\|Re-run Maven\|For more info\|^\[ERROR\] *$' \
      | awk '!seen[$0]++' | head -n 20 >&2
    echo "adw: build failed: see $home/build.log" >&2
    return 1
  fi
  # Dated by the beginning of the build: what was saved during it is newer.
  cp "$root/target/adw.jar" "$fresh/adw.jar" && touch -r "$fresh/begun" "$fresh/adw.jar"
}

# Never fatal: an empty cache says that it was tried.
train() {
  echo "adw: making the start-up caches" >&2
  folder=$(mktemp -d "${TMPDIR:-/tmp}/adw-train.XXXXXX") || return 0
  train_for quick status
  train_for work add
  rm -rf "$folder"
}

# train_for CACHE VERB...: with the options of that command
train_for() {
  kind=$1
  shift
  . "$root/.mvn/jvm.sh"
  if ! "$JAVA_HOME/bin/java" $options "-XX:AOTCacheOutput=$fresh/$kind.aot" -cp "$fresh/adw.jar" \
      adw.cli.CacheTraining "$kind" "$folder" </dev/null >"$home/$kind.log" 2>&1 || [ ! -s "$fresh/$kind.aot" ]; then
    echo "adw: no start-up cache: commands start a little slower (why: $home/$kind.log)" >&2
    : > "$fresh/$kind.aot"
  fi
}

home_of_user() {
  getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6 | grep . || echo /tmp
}
