#!/usr/bin/env bash
# Starts the parts of deploy/compose.yaml as processes, in a network and a tree of mounts of their own, with the variables,
# names, addresses, secrets and checks of health that the file gives them: there is no container engine on CI machines. A
# client then calls through Caddy, from outside, as one would.
# Without root, namespaces, PostgreSQL's programs or Caddy it is skipped, aloud; with --required, as in CI, that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/image.sh

missing() {
  if [ "${required:-}" = --required ]; then
    echo "FAILED: $1, so the parts of the compose file cannot be run"
    exit 1
  fi
  echo "SKIPPED: $1, so the parts of the compose file were not run"
  exit 0
}

required=${1:-}
if [ "$required" != inside ]; then
  "${as_root[@]}" unshare --net --mount true 2>/dev/null || missing "nobody here may make namespaces"
  postgres=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$postgres" ] || missing "PostgreSQL's programs are not here"
  work=$(mktemp -d)
  trap '"${as_root[@]}" rm -rf "$work"' EXIT
  chmod 755 "$work"
  caddy=$(command -v caddy || true)
  if [ -z "$caddy" ]; then # the package is not installed, since that would start it
    (cd "$work" && apt-get download -qq caddy && dpkg -x caddy_*.deb caddy) >/dev/null 2>&1 || missing "Caddy is not here"
    caddy=$work/caddy/usr/bin/caddy
  fi
  mkdir "$work/root" "$work/parts" "$work/deploy"
  build_image "$work/root"
  (cd .ci/deploy && go build -o "$work/tool" .)
  domain=mcp.example.com
  "$work/tool" environments . "$domain" "$work/parts"
  # The secrets are made as the file says.
  cp deploy/Caddyfile "$work/deploy/"
  sed -n 's/^#   \(mkdir\|openssl\|printf\)/\1/p' deploy/compose.yaml >"$work/secrets.sh"
  (cd "$work/deploy" && bash -eu "$work/secrets.sh")
  "${as_root[@]}" unshare --net --mount "$0" inside "$work" "$domain" "$user" "$postgres" "$caddy"
  exit
fi

work=$2 domain=$3 user=$4 postgres=$5 caddy=$6
parts=$work/parts secrets=$work/deploy/secrets pids=()
finish() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; }
trap finish EXIT
failed() {
  echo "FAILED: $1"
  tail -n 20 "$work"/*.log
  exit 1
}

# with PART COMMAND… runs a command with the variables of a part alone.
with() {
  local part=$1 settings
  shift
  mapfile -t settings <"$parts/$part.env"
  exec env -i PATH="$PATH" "${settings[@]}" "$@"
}

# healthy PART waits until a part is, by the check that the file has for it.
healthy() {
  local part=$1
  shift
  for _ in $(seq 300); do
    ! "$@" >"$work/health-$part.log" 2>&1 || return 0
    sleep 0.1
  done
  failed "$part is not healthy"
}

# The network: the names of the parts, the proxy's subnet, and somebody outside.
outside=203.0.113.7
ip link set lo up
ip address add 172.30.83.2/28 dev lo
ip address add "$outside/32" dev lo
printf '127.0.0.1 localhost\n172.30.83.2 server\n127.0.0.1 postgres\n172.30.83.2 %s\n' "$domain" >"$work/root/etc/hosts"
mount --bind "$work/root/etc/hosts" /etc/hosts
mkdir -p /run/secrets "$work/root/run/secrets"
mount --bind "$secrets" /run/secrets

# PostgreSQL, as its image makes a database of the variables.
install -d -o nobody "$work/postgres"
. "$parts/postgres.env"
install -o nobody -m 400 "$POSTGRES_PASSWORD_FILE" "$work/password"
nobody() { setpriv --reuid=nobody --regid=nogroup --clear-groups env -i PATH="$postgres:$PATH" "$@"; }
(cd / && nobody initdb -D "$work/postgres" -U "$POSTGRES_USER" --pwfile="$work/password" --auth-local=trust --auth-host=scram-sha-256 >"$work/initdb.log" 2>&1) ||
  failed "PostgreSQL makes no database"
(cd / && nobody postgres -D "$work/postgres" -k "$work/postgres" >"$work/postgres.log" 2>&1) &
pids+=($!)
export PGHOST=$work/postgres PATH=$postgres:$PATH
for _ in $(seq 100); do ! pg_isready -q -U "$POSTGRES_USER" -d postgres || break; sleep 0.1; done
createdb -U "$POSTGRES_USER" "$POSTGRES_DB" || failed "PostgreSQL takes no database"
healthy postgres bash -c "$(sed 's/^CMD-SHELL //' "$parts/postgres.health")"

# The server, in its image, which it cannot write to but for its data.
mount --bind "$work/root" "$work/root"
mount --bind "$secrets" "$work/root/run/secrets"
install -d -o "${user%:*}" -g "${user#*:}" "$work/data"
mount --bind "$work/data" "$work/root/data"
mount -o remount,ro,bind "$work/root"
in_image() { with server setpriv --no-new-privs chroot --userspec="$user" "$work/root" "$@"; }
(in_image /mcp-server serve --sandbox) >"$work/server.log" 2>&1 &
server=$!
pids+=("$server")
in_health() { (in_image $(sed 's/^CMD //' "$parts/server.health")); }
healthy server in_health

# Caddy, which asks nobody on the web for certificates here, and leaves this machine's trust alone.
printf '{\n\tlocal_certs\n\tskip_install_trust\n\tadmin off\n}\nimport %s\n' "$work/deploy/Caddyfile" >"$work/Caddyfile"
(with caddy HOME="$work" XDG_DATA_HOME="$work/caddy-data" "$caddy" run --adapter caddyfile --config "$work/Caddyfile") >"$work/caddy.log" 2>&1 &
pids+=($!)
ca=$work/caddy-data/caddy/pki/authorities/local/root.crt
ask() { curl -sS --max-time 10 --interface "$outside" --cacert "$ca" "$@"; }
ready() { [ "$(ask -o /dev/null -w '%{http_code}' "https://$domain/readyz")" = 200 ]; }
healthy caddy ready

[ "$(ask -o /dev/null -w '%{http_code} %{redirect_url}' "http://$domain/mcp")" = "308 https://$domain/mcp" ] || failed "http leads nowhere"
challenge=$(ask -D - -o /dev/null -X POST -H 'Content-Type: application/json' -d '{}' "https://$domain/mcp" | grep -i '^www-authenticate')
[[ $challenge == *"https://$domain/.well-known/oauth-protected-resource/mcp"* ]] || failed "a stranger is told: $challenge"
answer=$(ask -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -H 'X-Api-Key: sk_sandbox_ana' \
  -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_current_user","arguments":{}}}' "https://$domain/mcp/key")
[[ $answer == *'"username":"ana"'* ]] || failed "a call is answered: $answer"
ask -X POST -H 'Content-Type: application/json' -o "$work/registered" "https://$domain/oauth/register" \
  -d '{"redirect_uris":["http://127.0.0.1:1/callback"],"token_endpoint_auth_method":"none"}'
rows=$(psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" -Atc 'SELECT count(*) FROM clients' 2>&1)
[ "$rows" = 1 ] || failed "PostgreSQL has $rows clients, and the client was told $(cat "$work/registered")"
grep -q '"tool":"get_current_user".*"remote":"'"$outside"'"\|"remote":"'"$outside"'".*"tool":"get_current_user"' "$work/server.log" ||
  failed "the address of the client is not in the log"
# Not grep -q, which ends at the first line while curl still writes.
curl -sS --max-time 10 http://server:9090/metrics | grep '^mcp_server_operation_duration' >/dev/null || failed "there are no metrics"
[ "$(ask -o /dev/null -w '%{http_code}' "https://$domain/metrics")" = 404 ] || failed "everybody may read the metrics"

kill -TERM "$server"
wait "$server" || failed "the server ended with $?"
echo "PostgreSQL, the server and Caddy ran as deploy/compose.yaml has them: a call came through, and the server ended well"
