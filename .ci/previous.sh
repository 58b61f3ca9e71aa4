#!/usr/bin/env bash
# Runs the previous release's server beside this one's on one database that this one has migrated. The commit of the
# previous release stands here; each release moves it on.
set -euo pipefail
cd "$(dirname "$0")/.."

previous=4d24148

if ! git cat-file -e "$previous^{commit}" 2>/dev/null && ! git fetch -q --unshallow; then
  echo "this clone does not have the commit $previous of the previous release, so nothing was run beside it"
  [ "${1:-}" != --required ]
  exit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git archive "$previous" | tar -x -C "$work"
(cd "$work" && CGO_ENABLED=0 go build -o previous-server ./cmd/mcp-server)
HEYGEN_MCP_TEST_PREVIOUS="$work/previous-server" go test -count 1 -run TestANewVersionBesideThePrevious -v ./cmd/mcp-server
