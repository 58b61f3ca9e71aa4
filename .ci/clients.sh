#!/usr/bin/env bash
# Other people's clients connect to the product on its sandbox, each in a home of its own: they sign in through a real browser, list, call
# and read. What each prints is looked into, and so is the server's log of the requests that it made on its way in. The
# versions stand in .ci/clients, a file a client; what they do is told in docs/clients.md.
# Names of clients as arguments run those alone. Without npm or Chromium all are skipped, aloud; with --required, as in CI, that is
# a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

required=
if [ "${1:-}" = --required ]; then
  required=1
  shift
fi
browser=${CHROMIUM:-$(command -v chromium || true)}
if ! command -v npm >/dev/null || [ -z "$browser" ]; then
  if [ -n "$required" ]; then
    echo "FAILED: npm or Chromium is not here, so no client can be run"
    exit 1
  fi
  echo "SKIPPED: npm or Chromium is not here, so no client was run"
  exit 0
fi
. .ci/node.sh
. .ci/servers.sh
. .ci/clients/common.sh

[ $# -gt 0 ] || set -- sdk-2 sdk-1 mcp-remote mcporter claude-code gemini-cli links
for client in "$@"; do
  begin "$client"
  . ".ci/clients/$client.sh"
  refused_nothing
  echo "ok: $client ($((SECONDS - began)) s)"
done
