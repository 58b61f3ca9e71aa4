#!/usr/bin/env bash
# A real browser walks through the broker's pages (browser.mjs), and looks at each in every language (languages.mjs). The
# screenshots stay in .ci/screenshots, to be looked at.
# Each page is compared with a small picture of how it looked (browser/pictures.mjs); --update keeps how it looks now.
# Without npm or Chromium it is skipped, aloud; with --required, as in CI, that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

browser=${CHROMIUM:-$(command -v chromium || true)}
if ! command -v npm >/dev/null || [ -z "$browser" ]; then
  if [ "${1:-}" = --required ]; then
    echo "FAILED: npm or Chromium is not here, so no browser can be driven"
    exit 1
  fi
  echo "SKIPPED: npm or Chromium is not here, so no browser was driven"
  exit 0
fi
export CHROMIUM=$browser
. .ci/node.sh
node_package playwright-core playwright-core@1.64.1
node_library axe-core axe-core@4.14.1
node_library @modelcontextprotocol/sdk @modelcontextprotocol/sdk@1.32.2

. .ci/servers.sh
start_product --auth broker
sandbox=$(sed -n 's|.*"sandbox_url":"\([^"]*\)".*|\1|p' "$work/product.log")
# Packages are found from where the scripts stand.
cp -r .ci/browser.mjs .ci/languages.mjs .ci/browser "$node_dir/"
cp .ci/clients/provider.mjs "$node_dir/browser/"
update=
if [ "${1:-}" = --update ]; then
  update=update
  rm -rf .ci/browser/pictures
fi
rm -f .ci/screenshots/differs-*
node "$node_dir/browser.mjs" "${url%/mcp}" .ci/screenshots "$sandbox" "$PWD/.ci/browser/pictures" $update
node "$node_dir/languages.mjs" "${url%/mcp}" .ci/screenshots/languages
