package sandbox

// or is what a pointer points to, or what v3 takes where nothing was given.
func or[T any](p *T, usual T) T {
	if p == nil {
		return usual
	}
	return *p
}

// value is what a pointer points to, or the zero value.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
