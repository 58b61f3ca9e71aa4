// Package app makes a server of settings: Build, in build.go, is the one place that knows all packages, and each other
// file connects two of them. It reads no environment, prints nothing and knows no command.
//
// Read build.go first, then app.go.
package app
