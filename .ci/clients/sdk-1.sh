packages_apart sdk-1 @modelcontextprotocol/sdk@1.32.2
cp .ci/clients/*.mjs "$apart/" # packages are found from where a script stands
expect 'signed in' 'legacy: 2025-11-25' renewed -- node "$apart/sdk-1.mjs" "$endpoint" "$account@sandbox.example"
signed_in 'SDK 1'
answered 'POST /oauth/register 201'
