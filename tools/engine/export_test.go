package engine

// The limits that tests step over.
const (
	Patience        = patience
	SlotLength      = slotLength
	ConfirmQuestion = confirmQuestion
)
