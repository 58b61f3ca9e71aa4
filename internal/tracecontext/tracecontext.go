// Package tracecontext reads the traceparent of the W3C's Trace Context. It is a leaf: it knows nothing of ours, and
// everything may use it.
package tracecontext

// TraceID is the id of the trace that a traceparent is part of, 32 hexadecimal digits in small letters; "" where the
// text is no traceparent.
func TraceID(parent string) string {
	// version, trace, parent and flags, as in 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
	const length, trace, span, flags = 55, 3, 36, 53
	if len(parent) < length || len(parent) > length && (parent[:2] == "00" || parent[length] != '-') {
		return ""
	}
	if parent[trace-1] != '-' || parent[span-1] != '-' || parent[flags-1] != '-' || parent[:2] == "ff" {
		return ""
	}
	id := parent[trace : span-1]
	for _, part := range [...]string{parent[:trace-1], id, parent[span : flags-1], parent[flags:length]} {
		if !hexadecimal(part) {
			return ""
		}
	}
	if isZero(id) || isZero(parent[span:flags-1]) {
		return ""
	}
	return id
}

func hexadecimal(s string) bool {
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func isZero(s string) bool {
	for _, c := range s {
		if c != '0' {
			return false
		}
	}
	return true
}
