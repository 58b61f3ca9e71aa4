package engine

// The limits that tests step over.
const (
	SeveralAtOnce = severalAtOnce
)
