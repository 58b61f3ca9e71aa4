#!/usr/bin/env bash
# Builds as the Dockerfile builds, without an engine: its build line is run here, and the binary is
# started as its user in a directory that holds the binary and the CA certificates and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$(mktemp -d)
log=$(mktemp)
pid=
finish() {
  if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; fi
  rm -rf "$root" "$log"
}
trap finish EXIT

. .ci/image.sh
build_image "$root"

"${as_root[@]}" chroot --userspec="$user" "$root" /mcp-server serve --sandbox --listen 127.0.0.1:0 2>"$log" &
pid=$!

url=
for _ in $(seq 100); do
  url=$(sed -n 's/.*"mcp_url":"\([^"]*\)".*/\1/p' "$log")
  [ -z "$url" ] || break
  kill -0 "$pid" 2>/dev/null || { echo "it did not start:"; cat "$log"; exit 1; }
  sleep 0.1
done
[ -n "$url" ] || { echo "it was not ready in time:"; cat "$log"; exit 1; }

host=${url#http://}
host=${host%/mcp}
exec 3<>"/dev/tcp/${host%:*}/${host##*:}"
printf 'GET /readyz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$host" >&3
status=$(head -n 1 <&3 | tr -d '\r')
exec 3>&-
echo "user $user, $(stat -c %s "$root/mcp-server") bytes, /readyz: $status"
[[ "$status" == "HTTP/1.1 200"* ]]
"${as_root[@]}" chroot --userspec="$user" "$root" /mcp-server health "http://$host/readyz"

kill -TERM "$pid"
wait "$pid"
pid=
echo "it stopped with status 0 on SIGTERM"
