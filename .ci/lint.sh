#!/usr/bin/env bash
# golangci-lint. The tools have a module file of their own, so that the program's module graph stays small.
set -euo pipefail
cd "$(dirname "$0")/.."
go tool -modfile=.ci/lint.mod golangci-lint run "$@" ./...
