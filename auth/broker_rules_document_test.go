package auth_test

func documentRules() []rule { return nil }
