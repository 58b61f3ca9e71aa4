package settings

import (
	"path/filepath"

	"heygen-mcp/auth"
)

// WhoMayCall says in words what --auth means here.
func (c *Config) WhoMayCall() string {
	switch {
	case auth.Mode(c.Auth) == auth.Broker:
		return "whoever signs in here with HeyGen or a key of theirs"
	case auth.Mode(c.Auth) == auth.Direct:
		return "whoever brings a credential of HeyGen's"
	case c.Open():
		return "every program on this machine, with the operator's key"
	}
	return "whoever has HEYGEN_MCP_TOKEN, with the operator's key"
}

// WhereDataLie says where records are kept; the address of a database may hold a password and is not told.
func (c *Config) WhereDataLie() string {
	switch {
	case c.DatabaseURL != "":
		return "PostgreSQL"
	case c.DataDir != "":
		return c.DatabaseFile()
	}
	return "memory, until the program ends"
}

// Operator is who runs the server, by the host of their page where they give no name; "" where nothing is set.
func (c *Config) Operator() string {
	if c.OperatorName == "" && c.OperatorURL != nil {
		return c.OperatorURL.Hostname()
	}
	return c.OperatorName
}

// DatabaseName is the file in --data-dir that the broker's records are in.
const DatabaseName = "heygen-mcp.db"

// DatabaseFile is where records are without PostgreSQL; "" is in memory.
func (c *Config) DatabaseFile() string {
	if c.DataDir == "" {
		return ""
	}
	return filepath.Join(c.DataDir, DatabaseName)
}
