#!/usr/bin/env bash
# Changes the code in small ways and sees whether the tests notice (go-gremlins). Each package is judged by its own tests. Takes
# minutes a package, so it runs on demand: .ci/mutants.sh heygen transport/edge
# Prints, for each package, how many of its mutants its tests reach (covered) and how many of those they notice (killed, or by a
# test that no longer ends), and on standard error those that they do not. docs/mutants.md has the figures.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- heygen transport/edge internal/seal auth/store

bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
go build -modfile=.ci/mutants.mod -o "$bin/gremlins" github.com/go-gremlins/gremlins/cmd/gremlins

printf '%-24s %8s %8s %8s %8s\n' package mutants covered killed timeouts
for package in "$@"; do
  "$bin/gremlins" unleash --exclude-files / --workers "${WORKERS:-1}" --timeout-coefficient "${TIMEOUT_COEFFICIENT:-10}" \
    "./$package" >"$bin/log" 2>&1 || { cat "$bin/log" && exit 1; }
  grep -E '^ *(LIVED|NOT COVERED|TIMED OUT)' "$bin/log" | sed "s|^ *|$package: |" >&2 || true
  awk -v package="$package" '
    function number(name) { return match($0, name ": [0-9]+") ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 2) + 0 : 0 }
    function percent(part, whole) { return whole ? sprintf("%.1f %%", 100 * part / whole) : "-" }
    /^Killed: / { killed = number("Killed"); lived = number("Lived"); missed = number("Not covered") }
    /^Timed out: / { timed = number("Timed out") }
    END {
      covered = killed + lived + timed
      printf "%-24s %8d %8s %8s %8d\n", package, covered + missed, percent(covered, covered + missed), percent(killed + timed, covered), timed
    }' "$bin/log"
done
