# Sourced by .ci/clients.sh: what the clients' files share.

# The sandbox's jobs are slow enough for progress to be reported, and no slower. Claude Code names itself by a document on
# the web, which this server would have to fetch; where it cannot, a person hands it the id of a client that is known.
HEYGEN_MCP_CLIENTS='[{"client_id":"claude-code","client_name":"Claude Code","redirect_uris":["http://localhost/callback"]}]' \
  start_product --auth broker --sandbox-speed 60
endpoint=$url
log=$work/product.log

# The browser that clients open is a person, who signs in and allows. They find it as xdg-open in PATH or in BROWSER. It
# must outlive a terminal that it was opened from, which takes its session along.
packages_apart person playwright-core@1.64.1
cp .ci/clients/person.mjs "$apart/"
mkdir "$work/bin"
cat >"$work/bin/xdg-open" <<STUB
#!/bin/sh
HOME=$work CHROMIUM=$browser exec setsid -w $(command -v node) $apart/person.mjs "\$1" "\$(cat $work/person)" >>$work/person.log 2>&1
STUB
chmod +x "$work/bin/xdg-open"

# begin NAME gives a client a home, and its person an account of the sandbox.
begin() {
  began=$SECONDS
  home=$work/home/$1
  mkdir -p "$home"
  account=${1//-/}
  echo "sk_sandbox_$account" >"$work/person"
  : >"$work/person.log"
  seen=$(wc -l <"$log")
  settings=() # variables for the client alone
}

# failed WHAT says what went wrong, with all that may tell why.
failed() {
  {
    echo "FAILED ($client): $1"
    sed 's/^/  printed: /' "$work/out"
    sed 's/^/  the person: /' "$work/person.log"
    requests | sed 's/^/  the server: /'
  } >&2
  exit 1
}

# alone COMMAND… runs a client's command with nothing of this machine's user: no settings, no credentials, no display and no proxy.
alone() {
  (cd "$home" && timeout -k 5 90 env -i HOME="$home" PATH="$work/bin:$apart/node_modules/.bin:$PATH" BROWSER="$work/bin/xdg-open" \
    LANG=C.UTF-8 TERM=xterm-256color "${settings[@]}" "$@")
}


# expect WORD… -- COMMAND… runs a client's command, which must succeed and print every word.
expect() {
  local words=()
  while [ "$1" != -- ]; do
    words+=("$1")
    shift
  done
  shift
  alone "$@" >"$work/out" 2>&1 </dev/null || failed "status $? of: $*"
  printed "${words[@]}"
}

# printed WORD… looks for words in what was printed last.
printed() {
  local word
  for word in "$@"; do
    grep -qF -- "$word" "$work/out" || failed "it did not print: $word"
  done
}

# requests are those that the server has answered since the client began: METHOD PATH STATUS.
requests() {
  tail -n "+$((seen + 1))" "$log" | sed -n 's/.*"method":"\([A-Z]*\)","path":"\([^"]*\)","status":\([0-9]*\).*/\1 \2 \3/p'
}

# answered REQUEST… looks for requests among them. The server writes one down after its answer, so a late one is waited for.
answered() {
  local request
  for request in "$@"; do
    for _ in $(seq 100); do
      requests | grep -xF -- "$request" >/dev/null && continue 2
      sleep 0.1
    done
    failed "the server has not answered: $request"
  done
}

# person LINE looks for what the person wrote down, who may take a moment longer than the client.
person() {
  for _ in $(seq 100); do
    ! grep -qxF -- "$1" "$work/person.log" || return 0
    sleep 0.1
  done
  failed "the person did not write: $1"
}

# signed_in NAME looks for one whole sign-in: discovery, the pages, the token, and the name that the person was asked about.
signed_in() {
  answered 'GET /.well-known/oauth-protected-resource/mcp 200' 'GET /.well-known/oauth-authorization-server 200' \
    'POST /oauth/consent 303' 'POST /oauth/token 200'
  person 'gone' # a browser that is still closing would be in the way of what comes next
  person "asked by: $1"
  [ "$(requests | grep -cxF 'GET /oauth/authorize 302')" = 1 ] || failed "it did not send the person exactly once"
}

# spoke ERA tells the eras apart by the 202 of notifications/initialized, which the new one does not have.
spoke() {
  local era=server/discover
  ! requests | grep -xE 'POST /mcp(/key)? 202' >/dev/null || era=initialize
  [ "$era" = "$1" ] || failed "it began with $era, not with $1"
}

# refused_nothing allows what the protocol has clients find out by being refused: that there is a sign-in, and no stream to listen on.
refused_nothing() {
  local bad
  bad=$(requests | grep -vxE '[A-Z]+ [^ ]+ [23][0-9]{2}|(POST|HEAD) /mcp 401|(GET|DELETE) /mcp(/key|/x/[a-z,]+)? 405' || true)
  [ -z "$bad" ] || failed "the server refused: $bad"
}
