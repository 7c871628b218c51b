#!/bin/sh
# A workflow is any executable: it works in the worktree, and what it leaves there is committed.
# Counts the lines of each package of the product.
set -eu
mkdir -p docs
for package in src/main/java/adw/*/; do
  lines=$(cat "$package"*.java | wc -l)
  printf '%6d %s\n' "$lines" "$(basename "$package")"
done > docs/sizes.txt
echo "counted $(wc -l < docs/sizes.txt) packages"
