// Package connections bounds how many connections of HTTP are open, and writes an answer to one that net/http has let
// go of. It knows what a connection waits for, and nothing of what is asked on it.
package connections
