package engine

// The limits that tests step over.
const (
	Patience        = patience
	SlotLength      = slotLength
	ConfirmQuestion = confirmQuestion
	MaxShownChars   = maxShownChars
	MaxOrigins      = maxOrigins
	SeveralAtOnce   = severalAtOnce
)

// OnOneLine is tested by itself.
func OnOneLine(text string, most int) string { return onOneLine(text, most) }
