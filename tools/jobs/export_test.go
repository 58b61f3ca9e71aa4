package jobs

// The limits that tests step over.
const (
	TaskLife      = taskLife
	SettleTime    = settleTime
	MaxSilentWait = maxSilentWait
)
