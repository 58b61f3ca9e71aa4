package main

// What is generated from code is compared by a test, and written by the same test with -update.
// This runs all of them:
//
//	go generate ./...
//
//go:generate go test heygen-mcp/heygen -run ^TestAccessTable$ -update
//go:generate go test heygen-mcp/internal/sandbox/contract -run ^TestRequestsFile$ -update
//go:generate go test heygen-mcp/internal/apps -run ^TestPagesAreBuilt$ -update
//go:generate go test heygen-mcp/tools -run ^Test(Snapshots|ContractPage)$ -update
//go:generate go test heygen-mcp/auth -run ^TestTheRulesAreWrittenDown$ -update
//go:generate go test heygen-mcp/cmd/mcp-server -run ^Test(Readme|Architecture) -update
