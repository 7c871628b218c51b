#!/bin/sh
# Fails on purpose: the last line on standard error is the reason that stands behind the task.
set -eu
if [ ! -d site ]; then
  echo "nothing to publish: there is no folder site (build the manual first)" >&2
  exit 1
fi
