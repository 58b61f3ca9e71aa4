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
# server.json, of a server with an address of each form, by the schema in the source of the MCP Registry's own program.
registry=$(go mod download -json github.com/modelcontextprotocol/registry@v1.8.9 | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
go build -o "$out/mcp-server" ./cmd/mcp-server
for public in https://mcp.example.com https://MCP.Example.com:8443/films http://127.0.0.1:8080 'http://[::1]:8080'; do
  "$out/mcp-server" manifests "$out/manifests" --public-url "$public" >/dev/null
  "$out/deploy" server.json "$out/manifests" "$registry/internal/validators/schemas"
done
go tool -modfile=.ci/actionlint.mod actionlint
