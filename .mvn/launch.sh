# Builds target/launch/adw.jar and its start-up cache, one process at a time; sourced by ./adw when something is missing or stale.
# The jar that runs is a copy: Maven may write target/adw.jar anew while a daemon has its own one open.

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
    [ -f "$jar" ] && return 0 # somebody else's checkout that we may only read: what is there will do
    echo "adw: $home: cannot be written, and there is no adw.jar in it (build it as its owner: ./adw --version)" >&2
    return 1
  fi
  with_lock make_missing_parts
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
  if [ ! -f "$jar" ] || [ -n "$(find "$root/pom.xml" "$root/src/main" -newer "$jar" 2>/dev/null)" ]; then
    build || return 1
  fi
  train
}

build() {
  if [ -f "$jar" ]; then why="sources changed"; else why="first start; later ones take no time"; fi
  echo "adw: building ($why)" >&2
  : > "$home/begun"
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
  cp "$root/target/adw.jar" "$jar.new" && touch -r "$home/begun" "$jar.new" && mv -f "$jar.new" "$jar"
}

# Never fatal: an empty cache says that it was tried.
train() {
  echo "adw: making the start-up caches" >&2
  folder=$(mktemp -d "${TMPDIR:-/tmp}/adw-train.XXXXXX") || return 0
  for kind in look work; do
    train_for "$kind"
  done
  rm -rf "$folder"
  cp "$JAVA_HOME/release" "$home/release"
}

train_for() {
  set -- # the options of an ordinary command
  . "$root/.mvn/jvm.sh"
  fresh=$home/$kind.aot.new
  rm -f "$fresh"
  if ! "$JAVA_HOME/bin/java" $options "-XX:AOTCacheOutput=$fresh" -cp "$jar" adw.cli.Training "$kind" "$folder" \
      </dev/null >"$home/$kind.log" 2>&1 || [ ! -s "$fresh" ]; then
    echo "adw: no start-up cache: commands start a little slower (why: $home/$kind.log)" >&2
    : > "$fresh"
  fi
  mv -f "$fresh" "$home/$kind.aot"
}

home_of_user() {
  getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6 | grep . || echo /tmp
}
