module heygen-mcp/ci/jsonbench

go 1.26.8

require (
	github.com/go-json-experiment/json v1.27.2
	heygen-mcp v0.0.0
)

replace heygen-mcp => ../..
