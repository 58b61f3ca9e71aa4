#!/usr/bin/env bash
# The pages for conversations, in a real browser within the host side of MCP's own SDK (apps/apps.mjs). The screenshots stay in
# .ci/screenshots/apps, to be looked at.
# Without npm or Chromium it is skipped, aloud; with --required, as in CI, that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

browser=${CHROMIUM:-$(command -v chromium || true)}
if ! command -v npm >/dev/null || [ -z "$browser" ]; then
  if [ "${1:-}" = --required ]; then
    echo "FAILED: npm or Chromium is not here, so no page can be shown"
    exit 1
  fi
  echo "SKIPPED: npm or Chromium is not here, so no page was shown"
  exit 0
fi
export CHROMIUM=$browser
. .ci/node.sh
packages_apart apps @modelcontextprotocol/ext-apps@2.0.4 playwright-core@1.64.1 esbuild@0.28

. .ci/servers.sh
start_product --sandbox-speed 20
# Packages are found from where the scripts stand.
cp .ci/apps/*.js .ci/apps/*.mjs "$apart/"
"$apart/node_modules/.bin/esbuild" "$apart/host.js" --bundle --format=iife --log-level=warning --outfile="$apart/host.bundle.js"
node "$apart/apps.mjs" "$url/key" sk_sandbox_apps .ci/screenshots/apps
