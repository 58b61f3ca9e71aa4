#!/usr/bin/env bash
# golangci-lint, with a module file of its own so that the program's module graph stays small.
set -euo pipefail
cd "$(dirname "$0")/.."
go tool -modfile=.ci/lint.mod golangci-lint run "$@" ./...
