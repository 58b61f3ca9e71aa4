package consent

// The limits that tests step over.
const (
	ConfirmQuestion = confirmQuestion
	MaxShownChars   = maxShownChars
	MaxOrigins      = maxOrigins
)
