#!/usr/bin/env bash
# The official MCP conformance suite, against its fixtures behind the product's own HTTP stack and, where
# a scenario needs no fixture, against the product. The tables in docs/conformance.md are what it
# found; with --update they are written, otherwise compared. Without npm it is skipped, aloud; with --required,
# as in CI, that is a failure.
set -Eeuo pipefail
trap 'echo "FAILED: $BASH_COMMAND, in line $LINENO" >&2' ERR
cd "$(dirname "$0")/.."

if ! command -v npm >/dev/null; then
  if [ "${1:-}" = --required ]; then
    echo "FAILED: npm is not here, so the conformance suite cannot be run"
    exit 1
  fi
  echo "SKIPPED: npm is not here, so the conformance suite was not run"
  exit 0
fi
. .ci/node.sh
node_package conformance @modelcontextprotocol/conformance@0.2.0-alpha.12

root=$PWD
. .ci/servers.sh

CGO_ENABLED=0 go build -o "$work/conformance" ./cmd/conformance

start fixtures '^\(http:.*\)$' "$work/conformance"
fixtures=$url
start_product
# The suite cannot send a credential, so a proxy on the way adds one.
start proxy '^\(http:.*\)$' "$work/conformance" --to "$url/key" --key sk_sandbox_conformance
product=$url

# suite NAME ARGUMENTS… runs the suite and leaves what it found, a line a scenario, in NAME.found.
suite() {
  local name=$1
  shift
  if ! (cd "$work" && "$root/.ci/node/node_modules/.bin/conformance" server "$@") >"$work/$name.txt" 2>&1; then
    # Not to stdout, which may be the table that is being written.
    cat "$work/$name.txt" >&2
    echo "FAILED: conformance $*" >&2
    exit 1
  fi
}

# table makes a table of the summary of a run.
table() {
  echo "| scenario | checks passed | failed |"
  echo "|---|---|---|"
  sed -nE 's/^[✓✗] ([a-z0-9-]+): ([0-9]+) passed, ([0-9]+) failed.*/| \1 | \2 | \3 |/p' "$work/$1.txt"
}

suite modern --url "$fixtures" --requirements 2026-07-28
suite older --url "$fixtures" --requirements 2025-11-25 --expected-failures "$root/.ci/conformance-2025-11-25.yml"

product_table() {
  echo "| scenario | revision | result |"
  echo "|---|---|---|"
  local revision scenario
  while read -r revision scenario; do
    suite product --url "$product" --spec-version "$revision" --scenario "$scenario"
    echo "| $scenario | $revision | $(sed -nE 's/.*Passed: ([0-9]+\/[0-9]+), ([0-9]+) failed.*/\1 passed, \2 failed/p' "$work/product.txt") |"
  done <<END
2026-07-28 tools-list
2026-07-28 http-header-validation
2026-07-28 dns-rebinding-protection
2026-07-28 server-sse-multiple-streams
2026-07-28 input-required-result-unsupported-methods
2026-07-28 caching
2026-07-28 sep-2164-resource-not-found
2026-07-28 resources-list
2026-07-28 prompts-list
2025-11-25 server-initialize
2025-11-25 ping
2025-11-25 tools-list
2025-11-25 resources-list
2025-11-25 prompts-list
2025-11-25 dns-rebinding-protection
END
}

{
  sed '/^<!-- begin results -->$/q' docs/conformance.md
  printf '\n## Revision 2026-07-28, fixtures\n\n'
  table modern
  printf '\n## Revision 2025-11-25, fixtures\n\n'
  table older
  printf '\n## The product\n\n'
  product_table
} >"$work/conformance.md"

if [ "${1:-}" = --update ]; then
  cp "$work/conformance.md" docs/conformance.md
fi
# How many checks passed is not compared: now and then the suite leaves one out that it makes of the traffic.
rows() { sed -E 's/\| [0-9]+ \| ([0-9]+) \|$/| | \1 |/; s#[0-9]+/[0-9]+ passed#passed#' "$1"; }
diff -u <(rows docs/conformance.md) <(rows "$work/conformance.md") || {
  echo "FAILED: docs/conformance.md is not what the suite found; .ci/conformance.sh --update writes it"
  exit 1
}
echo "ok: $(grep -c '^| ' docs/conformance.md) rows as in docs/conformance.md"
