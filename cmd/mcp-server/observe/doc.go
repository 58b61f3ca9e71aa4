// Package observe tells operators what the server does: its log, the audit log, metrics and traces. It owns their forms
// and files; what is told comes from the other packages as functions and events, and nothing here decides what happens.
//
// Observer, in observe.go, connects what packages report to metrics and traces; log.go and audit_log.go write lines.
package observe
