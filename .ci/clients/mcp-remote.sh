packages_apart mcp-remote mcp-remote@0.15.1
cp .ci/clients/*.mjs "$apart/"
settings=(MCP_REMOTE_CONFIG_DIR="$home/mcp-remote")
remote() {
  expect "$account@sandbox.example" "$@" -- \
    node "$apart/mcp-remote.mjs" "$account@sandbox.example" mcp-remote "$endpoint" --allow-http --auth-timeout 60 "${protocol[@]}"
}

protocol=()
remote 'host: heygen-mcp 2025-11-25' 'Authentication required'
signed_in 'MCP CLI Proxy'
answered 'POST /oauth/register 201'

# With what it has stored it needs no person, and takes to the new era while its host stays in the old one.
protocol=(--protocol auto)
remote 'host: heygen-mcp 2025-11-25' 'Remote server speaks MCP 2026-07-28'
signed_in 'MCP CLI Proxy'
