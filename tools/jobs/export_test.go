package jobs

import ()

import ()

// The limits that tests step over.
const (
	TaskLife      = taskLife
	SettleTime    = settleTime
	MaxSilentWait = maxSilentWait
)
