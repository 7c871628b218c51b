# Sets $options and $cache: how the JVM runs the command in "$@"; sourced by ./adw.
# C1 and the serial collector start fastest and are the smallest at rest. -XX:-UsePerfData: no file in /tmp a start.
# A cache that does not fit is not worth a word to anybody: the JVM goes on without it.
options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr
  --enable-native-access=ALL-UNNAMED -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8"

# Every class in a cache is paid for at each start: what looks and what runs a flow has a small one, all else a large one.
# Which command starts how stands in adw.cli.console.CommandCatalog too; a test compares the two.
cache=quick.aot
command=
value=
for word in "$@"; do
  [ -z "$value" ] || { value=; continue; }
  case $word in
    -C | --color) value=follows; continue ;;
    -*) continue ;;
  esac
  case $command$word in
    status | tasks | help) break ;;
    run | trigger | conductor)
      cache=work.aot
      # Lives for days: a small young generation, and what a burst of work needed goes back to the system.
      # Does the same few things again and again: compiled after 40 calls, not after 200, its first tasks start sooner.
      options="$options -Xms16m -Xmn8m -Xmx1g -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30
        -XX:Tier3InvocationThreshold=40 -XX:Tier3MinInvocationThreshold=20 -XX:Tier3CompileThreshold=150
        -XX:Tier3BackEdgeThreshold=5000"
      break ;;
    flow) cache=work.aot command="flow " ;;
    "flow run" | "flow exec" | tf:*)
      cache=quick.aot
      # Compiling at once what training found hot would take the processors from the start itself.
      options="$options -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining"
      break ;;
    *)
      cache=work.aot
      break ;;
  esac
done

# Which of our streams are a terminal, and how wide it is: the shell knows without loading anything.
screen=
[ -t 0 ] && screen=0
[ -t 2 ] && screen=${screen}2
if [ -t 1 ]; then
  # By way of 3: within the brackets standard output is a pipe, and no terminal with a size.
  { size=$(stty size <&3 2>/dev/null) || size=; } 3<&1
  screen=${screen}1:${size#* }x${size% *}
fi
case $screen in *:*) ;; *) screen=$screen: ;; esac
options="$options -Dadw.screen=$screen"
