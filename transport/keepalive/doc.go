// Package keepalive keeps the connections on which a client waits between two requests outside of net/http, which
// holds 20 kB for each: two buffers, and a goroutine with its stack. Here such a connection is some hundred bytes, and
// one goroutine waits for all of them.
//
// A connection goes back to net/http with its next byte. It leaves net/http only where everything that was read from it
// is known to belong to requests that are answered: see tally. Nothing is kept but on Linux, where epoll tells which
// connections have something to read.
package keepalive
