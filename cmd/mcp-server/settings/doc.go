// Package settings reads what the operator sets: flags, environment variables and files of secrets, with every fault at
// once and each fault named after what was set. It knows what settings mean for each other, and nothing of what is
// built from them.
//
// Config.go has the settings and how they are read, table.go a row for each flag, and rules.go what they demand
// of each other.
package settings
