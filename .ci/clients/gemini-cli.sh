packages_apart gemini-cli @google/gemini-cli@0.61.0
# The key is for a model, which is never asked anything.
settings=(GEMINI_API_KEY=none GEMINI_CLI_TRUST_WORKSPACE=true GEMINI_CLI_NO_RELAUNCH=true)
mkdir "$home/.gemini"
echo '{"privacy": {"usageStatisticsEnabled": false}, "general": {"enableAutoUpdate": false}}' >"$home/.gemini/settings.json"

# By a header: no sign-in is begun.
expect 'MCP server "by-key" added' -- gemini mcp add --scope user --transport http --header "X-Api-Key: sk_sandbox_$account" by-key "$endpoint/key"
expect "by-key: $endpoint/key (http) - Connected" -- gemini mcp list
answered 'POST /mcp/key 200'

# The extension that the server's manifests are, by the program's own validator, installed as one.
manifests=$work/manifests-gemini
"$work/mcp-server" manifests "$work/manifests" --public-url "${endpoint%/mcp}" >/dev/null
mkdir "$manifests"
cp "$work/manifests/gemini-extension.json" "$manifests/"
expect 'has been successfully validated' -- gemini extensions validate "$manifests"
expect 'Extension "heygen" installed successfully and enabled.' -- gemini extensions install "$manifests" --consent
expect "heygen (from heygen): $endpoint (http) - " -- gemini mcp list
expect 'successfully uninstalled' -- gemini extensions uninstall heygen

# Without one it finds the sign-in, and asks first whether to open the browser.
expect 'MCP server "heygen" added' -- gemini mcp add --scope user --transport http heygen "$endpoint"
expect "heygen: $endpoint (http) - Disconnected" -- gemini mcp list
agree() {
  for _ in $(seq 300); do
    ! grep -qF '[Y/n]' "$work/out" || break
    sleep 0.1
  done
  echo y
}
: >"$work/out"
# It ends with 42: what a command like this one comes to, it shows on a terminal only.
status=0
agree | alone gemini -p '/mcp auth heygen' >"$work/out" 2>&1 || status=$?
[ "$status" = 42 ] || failed "status $status of the sign-in"
printed "Successfully authenticated with MCP server 'heygen'"
signed_in 'Gemini CLI MCP Client'
answered 'HEAD /mcp 401' 'POST /oauth/register 201'
expect "heygen: $endpoint (http) - Connected" -- gemini mcp list
spoke initialize
