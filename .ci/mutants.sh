#!/usr/bin/env bash
# Changes the code in small ways and sees whether the tests notice. Each package is judged by its own tests. go-gremlins lists the
# changes; .ci/mutants builds all of a package into one test binary and runs it once for each. Takes minutes a package, so it runs
# on demand: .ci/mutants.sh heygen transport/edge
# Prints, for each package, how many changes its tests reach (covered) and how many of those they notice (killed, or by a test that
# no longer ends), and on standard error those that they do not. FAST is a pattern of tests to run first, for a package that has
# slow ones. With --covered before the packages their tests, or those of FAST alone, run once each, and it prints no more than how
# many changes they reach. docs/mutants.md has the figures.
set -euo pipefail
cd "$(dirname "$0")/.."
covered=
if [ "${1:-}" = --covered ]; then covered=-covered && shift; fi
[ $# -gt 0 ] || set -- heygen transport/edge internal/seal auth/store

bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
go build -modfile=.ci/mutants.mod -o "$bin/gremlins" github.com/go-gremlins/gremlins/cmd/gremlins
go build -C .ci/mutants -o "$bin/mutants" .

if [ -n "$covered" ]; then
  export GOFLAGS="${GOFLAGS:-} -run=^\$" # gremlins lists the changes, and need not run the tests for that
  printf '%-24s %8s %8s\n' package mutants covered
else
  printf '%-24s %8s %8s %8s %8s\n' package mutants covered killed timeouts
fi
for package in "$@"; do
  "$bin/gremlins" unleash --dry-run --exclude-files / "./$package" >"$bin/list" 2>&1 || { cat "$bin/list" && exit 1; }
  "$bin/mutants" $covered -fast "${FAST:-}" "$package" <"$bin/list"
done
