packages_apart sdk-2 @modelcontextprotocol/client@2.4.0
cp .ci/clients/*.mjs "$apart/" # packages are found from where a script stands
expect 'signed in' 'legacy: 2025-11-25' 'auto: 2026-07-28' 'pinned: 2026-07-28' renewed -- \
  node "$apart/sdk-2.mjs" "$endpoint" "$account@sandbox.example"
signed_in 'SDK 2'
answered 'POST /oauth/register 201'
