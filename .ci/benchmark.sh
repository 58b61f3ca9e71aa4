#!/usr/bin/env bash
# The benchmark runs: a few calls of the product and of the servers that need no Node. Its figures say nothing here.
set -euo pipefail
cd "$(dirname "$0")/.."
go vet -C cmd/benchmark .
go run -C cmd/benchmark . -rounds 1 -calls 200 -rate 200 -peers proxy,direct,broker,mcp-go,go-sdk
