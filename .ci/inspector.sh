#!/usr/bin/env bash
# MCP's own Inspector lists the tools, calls one and makes a video, in both eras of the protocol: in the new one by a task,
# which it sees to its end. It is somebody else's client, so it finds what our own tests take for granted. Without npm it
# is skipped, aloud; with --required, as in CI, that is a failure.
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
start_product --sandbox-speed 20

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
look=$(sed -n '/^    "items"/,$s/^ *"id": "\(.*\)",*$/\1/p' "$work/out" | sed -n 1p)

# The old era has no tasks, so the create's own answer is what it prints. A title of its own keeps the second from being the first.
video=(--method tools/call --tool-name create_video_from_avatar --tool-arg "avatar_id=$look" 'script=Hello!')
expect legacy '"status": "waiting"' "${video[@]}" title=legacy
expect modern '"status": "completed"' "${video[@]}" title=modern

# The pages for conversations, each as a client finds it that says that it shows some, with where it may load from; who does not say
# so finds none. In core are tools of all four.
for era in legacy modern; do
  expect "$era" '"hasApp":true,"toolName":"show_video","resourceUri":"ui://heygen/player"' --method tools/list --advertise-apps --app-info
  for page in player progress picker avatar; do
    if ! grep "\"resourceUri\":\"ui://heygen/$page\"" "$work/out" | grep '"resourceDomains":\["http://' | grep '"prefersBorder":true' |
      grep -q '"resourceMimeType":"text/html;profile=mcp-app"'; then
      echo "FAILED ($era): the page $page is not found as it should be in:"
      cat "$work/out"
      exit 1
    fi
  done
  mcp-inspector --cli "$url/key" --transport http --header "X-Api-Key: sk_sandbox_inspector" --protocol-era "$era" \
    --method tools/call --tool-name get_video --app-info >"$work/out" 2>&1 || true
  if ! grep -q '"hasApp":false' "$work/out"; then
    echo "FAILED ($era): get_video has a page for a client that shows none:"
    cat "$work/out"
    exit 1
  fi
  echo "ok ($era): pages"
done
