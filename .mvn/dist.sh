#!/bin/sh
# dist.sh ROOT VERSION: makes ROOT/target/adw-VERSION-SYSTEM and its .tar.gz from target/adw.jar; run by
# ./mvnw package -Pdist. The runtime is cut by jlink to what adw needs (docs/adr/0005).
set -eu
root=$1
. "$root/.mvn/jdk.sh"
find_jdk || { echo "adw: no JDK of version 25 or later found" >&2; exit 1; }

case $(uname -m) in x86_64 | amd64) cpu=x64 ;; aarch64 | arm64) cpu=arm64 ;; *) cpu=$(uname -m) ;; esac
name=adw-$2-$(uname -s | tr '[:upper:]' '[:lower:]')-$cpu
home=$root/target/$name
rm -rf "$home" "$home.tar.gz"
mkdir -p "$home/bin" "$home/lib"

# jdk.compiler: a workflow may be a .java file. jdk.charsets: files may be in any encoding git knows.
"$JAVA_HOME/bin/jlink" --output "$home/runtime" --strip-debug --no-header-files --no-man-pages --add-modules \
  java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.xml,jdk.charsets,jdk.compiler,jdk.unsupported

cp "$root/.mvn/dist-adw" "$home/bin/adw"
cp "$root/.mvn/jvm.sh" "$root/.mvn/environment.sh" "$home/lib/"
cp "$root/target/adw.jar" "$home/lib/adw.jar"
cp "$root/LICENSE" "$root/README.md" "$root/CHANGELOG.md" "$home/"
cp -R "$root/target/licences" "$home/licences"
chmod 755 "$home/bin/adw"

# Made here and not at the user's first start: the folder may be read-only there.
. "$root/.mvn/launch.sh"
JAVA_HOME=$home/runtime
fresh=$home/lib
home=$root/target
train

tar -C "$root/target" -czf "$root/target/$name.tar.gz" "$name"
echo "made target/$name.tar.gz"
