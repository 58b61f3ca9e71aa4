# Sourced by the scripts that drive our own programs with somebody else's. It makes a directory to work in, and ends
# with the script every server that start began.
work=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

# start NAME PATTERN COMMAND… runs a server and sets url to what PATTERN finds in its output.
start() {
  local name=$1 pattern=$2
  shift 2
  : >"$work/$name.log" # it is read before the server has opened it
  "$@" >"$work/$name.log" 2>&1 &
  pids+=($!)
  for _ in $(seq 100); do
    # One process: behind a pipe to head, sed would now and then die of writing on.
    url=$(sed -n "\\|$pattern|{s|$pattern|\1|p;q}" "$work/$name.log")
    [ -z "$url" ] || return 0
    sleep 0.1
  done
  echo "FAILED: $name was not ready in time:"
  cat "$work/$name.log"
  exit 1
}

# start_product ARGUMENTS… runs the product on its sandbox and sets url to its endpoint.
start_product() {
  [ -x "$work/mcp-server" ] || CGO_ENABLED=0 go build -o "$work/mcp-server" ./cmd/mcp-server
  start product '.*"mcp_url":"\([^"]*\)".*' "$work/mcp-server" serve --sandbox --listen 127.0.0.1:0 "$@"
}
