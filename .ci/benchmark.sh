#!/usr/bin/env bash
# The benchmark runs: a few calls of the product and of the servers that need no Node. Its figures say nothing here.
set -euo pipefail
cd "$(dirname "$0")/.."
go vet -C cmd/benchmark .
go run -C cmd/benchmark . -rounds 1 -calls 200 -rate 200 -peers proxy,direct,broker,mcp-go,go-sdk
go run -C cmd/benchmark . -part cold -rounds 1
go run -C cmd/benchmark . -part idle -connections 100 -peers proxy,direct
[ -z "${HEYGEN_MCP_TEST_DATABASE_URL:-}" ] || go run -C cmd/benchmark . -part replicas -rounds 1 -calls 200
