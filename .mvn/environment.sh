# What cron and systemd do not give: a path to find git, a locale in which names may be written; sourced by ./adw.
PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}
export PATH
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
  *) if [ -d /System/Library ]; then LC_ALL=en_US.UTF-8; else LC_ALL=C.UTF-8; fi; export LC_ALL ;;
esac
