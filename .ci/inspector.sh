#!/usr/bin/env bash
# MCP's own Inspector lists the tools and calls one, in both eras of the protocol. It is somebody else's
# client, so it finds what our own tests take for granted. Without npm it is skipped, aloud; with
# --required, as in CI, that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v npm >/dev/null; then
  if [ "${1:-}" = --required ]; then
    echo "FAILED: npm is not here, so Inspector cannot be run"
    exit 1
  fi
  echo "SKIPPED: npm is not here, so Inspector was not run"
  exit 0
fi
. .ci/node.sh
node_package mcp-inspector @modelcontextprotocol/inspector@2.12

. .ci/servers.sh
start_product

# expect runs Inspector in an era and looks for a word in what it prints.
expect() {
  local era=$1 word=$2
  shift 2
  if ! mcp-inspector --cli "$url/key" --transport http --header "X-Api-Key: sk_sandbox_inspector" --protocol-era "$era" "$@" >"$work/out" 2>&1 ||
    ! grep -q "$word" "$work/out"; then
    echo "FAILED ($era): $*; no $word in:"
    cat "$work/out"
    exit 1
  fi
  echo "ok ($era): $*"
}
for era in legacy modern; do
  expect "$era" '"create_video_from_avatar"' --method tools/list
  expect "$era" 'avatar_type' --method tools/call --tool-name list_avatar_looks --tool-arg limit=2
done
