#!/usr/bin/env bash
# What operators take, read by the code that reads it there: Helm's renderer and Kubernetes' types for the chart, Prometheus'
# parser for the alerts and the dashboard, over the metrics that a run of the server told, Compose's loader, GoReleaser's
# settings, and actionlint for the workflows, which has a module file of its own, since it needs another release of a YAML
# library than Compose and GoReleaser do. The checks that only GoReleaser's command makes are a step of the workflow.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
HEYGEN_MCP_TEST_SCRAPE=$out/metrics go test -count=1 ./cmd/mcp-server -run '^TestMetricsTellWhatHappens$'
(cd .ci/deploy && go build -o "$out/deploy" .)
"$out/deploy" check . <"$out/metrics"
go tool -modfile=.ci/actionlint.mod actionlint
