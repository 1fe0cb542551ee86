#!/bin/sh
# Runs every operation of the API, happy and bad, against an executable and compares what it answers with what is recorded.
#
#   src/main/native/check.sh target/quarkus-app/quarkus-run.jar            the jar
#   src/main/native/check.sh target/carillon-0.1.0-SNAPSHOT-runner         a native binary
#   src/main/native/check.sh target/quarkus-app/quarkus-run.jar --record   writes down anew what is answered
#
# Needs a JDK and nothing else. The service runs in the profile prod, with a database of its own, and is gone afterwards.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" "$here/Check.java" "$here" "$@"
