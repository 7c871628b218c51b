# Runs one workflow and outlives whoever started it. Arguments: the folder of the process; boot, pid
# namespace and host as the starter knows them; then the workflow's argv. Standard streams are set.
# Only builtins before the workflow runs: each fork would cost a millisecond.
adw_dir=$1 adw_place="$2 $3 $4"
shift 4
# A machine without a process left ends the shell at the next line that needs one.
adw_code=
trap '[ -n "$adw_code" ] || { command : >"$adw_dir/unborn"; } 2>/dev/null' EXIT
# Not '': an ignored signal would be inherited by the workflow.
trap : HUP INT TERM
# Made exclusively (O_EXCL): of two supervisors, or one and a recovery, one wins.
set -C
{ command : >"$adw_dir/started"; } 2>/dev/null || { trap - EXIT; exit 0; }
set +C
adw_field_22() { shift 19; adw_start=$1; }
if { read -r adw_line </proc/$$/stat; } 2>/dev/null; then
  adw_field_22 ${adw_line##*) }
else
  adw_start=$(date +%s)
fi
# A line counts once its newline is there, so a direct write is as good as a rename.
{ echo "$$ $adw_start $adw_place" >"$adw_dir/pid"; } 2>/dev/null || exit 0
# Descriptor 3 holds the lock that tells that this shell lives; not what it runs.
"$@" 3>&-
adw_code=$?
# A full disk does not lose the result: it is written when there is room again.
while [ -d "$adw_dir" ]; do
  { echo "$adw_code" >"$adw_dir/exit"; } 2>/dev/null && break
  sleep 1
done
exit "$adw_code"
