# The links that install the server in Cursor and VS Code, as these programs read them.
packages_apart links vscode-uri@3.2.0
cp .ci/clients/links.mjs "$apart/"
"$work/mcp-server" manifests "$work/manifests-links" --public-url "${endpoint%/mcp}" >/dev/null
expect 'ok: cursor' 'ok: vscode' 'ok: vscode_insiders' 'ok: the page of an endpoint' -- node "$apart/links.mjs" "$endpoint" "$work/manifests-links/install-links.json"
answered 'GET / 200' 'GET /mcp/x/videos,voices 405'
