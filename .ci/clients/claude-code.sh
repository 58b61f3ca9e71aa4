packages_apart claude-code @anthropic-ai/claude-code@2.1.332
settings=(DISABLE_TELEMETRY=1 DISABLE_ERROR_REPORTING=1 DISABLE_AUTOUPDATER=1 CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1)

# By a header: no sign-in is begun.
expect 'Added HTTP MCP server by-key' -- claude mcp add --transport http by-key "$endpoint/key" --header "X-Api-Key: sk_sandbox_$account"
expect "by-key: $endpoint/key (HTTP) - ✔ Connected" -- claude mcp list
answered 'POST /mcp/key 200'

# The plugin that the server's manifests are, by the program's own validator, installed from the marketplace beside it.
manifests=$work/manifests-claude
"$work/mcp-server" manifests "$manifests" --public-url "${endpoint%/mcp}" --privacy-url https://operator.example/privacy >/dev/null
expect 'Validation passed' -- claude plugin validate --strict "$manifests"
expect 'Validation passed' -- claude plugin validate --strict --profile directory "$manifests/claude-plugin"
expect 'Successfully added marketplace: heygen-mcp' -- claude plugin marketplace add "$manifests"
expect 'Successfully installed plugin: heygen@heygen-mcp' -- claude plugin install heygen@heygen-mcp
expect "plugin:heygen:heygen: $endpoint (HTTP) - ! Needs authentication" -- claude mcp list
expect 'Successfully uninstalled' -- claude plugin uninstall heygen@heygen-mcp

# Without one it finds the sign-in and says so. It would name itself by a document on the web.
expect 'Added HTTP MCP server heygen' -- claude mcp add --transport http heygen "$endpoint"
expect "heygen: $endpoint (HTTP) - ! Needs authentication" -- claude mcp list
answered 'POST /mcp 401' 'GET /.well-known/oauth-protected-resource/mcp 200' 'GET /.well-known/oauth-authorization-server 200'

# It signs in on a terminal only, which script pretends to be.
expect 'Removed MCP server "heygen"' -- claude mcp remove heygen
expect 'Added HTTP MCP server heygen' -- claude mcp add --transport http heygen "$endpoint" --client-id claude-code
expect 'Authenticated with "heygen"' -- script -qec "claude mcp login heygen" /dev/null
signed_in 'Claude Code'
expect "heygen: $endpoint (HTTP) - ✔ Connected" -- claude mcp list
spoke server/discover
