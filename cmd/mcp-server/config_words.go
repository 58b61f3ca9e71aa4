package main

import (
	"path/filepath"

	"heygen-mcp/auth"
)

// whoMayCall says in words what --auth means here.
func (c *config) whoMayCall() string {
	switch {
	case auth.Mode(c.Auth) == auth.Broker:
		return "whoever signs in here with HeyGen or a key of theirs"
	case auth.Mode(c.Auth) == auth.Direct:
		return "whoever brings a credential of HeyGen's"
	case c.open():
		return "every program on this machine, with the operator's key"
	}
	return "whoever has HEYGEN_MCP_TOKEN, with the operator's key"
}

// whereDataLie says where records are kept; the address of a database may hold a password and is not told.
func (c *config) whereDataLie() string {
	switch {
	case c.DatabaseURL != "":
		return "PostgreSQL"
	case c.DataDir != "":
		return c.databaseFile()
	}
	return "memory, until the program ends"
}

// operator is who runs the server, by the host of their page where they give no name; "" where nothing is set.
func (c *config) operator() string {
	if c.OperatorName == "" && c.OperatorURL != nil {
		return c.OperatorURL.Hostname()
	}
	return c.OperatorName
}

// databaseName is the file in --data-dir that the broker's records are in.
const databaseName = "heygen-mcp.db"

// databaseFile is where records are without PostgreSQL; "" is in memory.
func (c *config) databaseFile() string {
	if c.DataDir == "" {
		return ""
	}
	return filepath.Join(c.DataDir, databaseName)
}
