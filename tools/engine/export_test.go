package engine

import "heygen-mcp/tools/agreed"

// The limits that tests step over.
const (
	Patience        = agreed.Patience
	SlotLength      = slotLength
	ConfirmQuestion = confirmQuestion
	MaxShownChars   = maxShownChars
	MaxOrigins      = maxOrigins
	SeveralAtOnce   = severalAtOnce
)
