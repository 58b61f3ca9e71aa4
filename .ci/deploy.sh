#!/usr/bin/env bash
# What is in deploy/, read by the code that reads it there: Helm's renderer and Kubernetes' types for the chart, Prometheus'
# parser for the alerts and the dashboard, over the metrics that a run of the server told.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
HEYGEN_MCP_TEST_SCRAPE=$out/metrics go test -count=1 ./cmd/mcp-server -run '^TestMetricsTellWhatHappens$'
(cd .ci/deploy && go build -o "$out/deploy" .)
"$out/deploy" . <"$out/metrics"
