// Package inflight counts what is in flight, for all, for each caller and for each source that no caller is known of,
// and says what is too much. It owns the limits and their defaults; who calls is told to it, and what the call is it
// does not know.
package inflight
