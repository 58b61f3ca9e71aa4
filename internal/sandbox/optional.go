package sandbox

// or is the value of an optional field, or the default that v3 uses.
func or[T any](p *T, usual T) T {
	if p == nil {
		return usual
	}
	return *p
}

// value is the value of an optional field, or the zero value.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
