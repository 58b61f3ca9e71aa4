#!/usr/bin/env bash
# Compares our reader and writer of JSON with go-json-experiment/json, the code of Go 1.27's encoding/json/v2. The packages take
# turns, so that whatever else the machine does meets all of them. Needs benchstat: go install golang.org/x/perf/cmd/benchstat@latest
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
(cd .ci/jsonbench && go test -c -o "$out/jsonbench" .)
go test -c -o "$out/heygen" ./heygen
for _ in 1 2 3 4 5 6; do
  "$out/jsonbench" -test.run '^$' -test.bench . -test.benchtime "${BENCHTIME:-0.5s}"
  "$out/heygen" -test.run '^$' -test.bench '^BenchmarkBody$' -test.benchtime "${BENCHTIME:-0.5s}"
done >"$out/figures"
benchstat -ignore pkg "$out/figures"
