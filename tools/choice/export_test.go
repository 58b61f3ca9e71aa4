package choice

// Asked are the questions that the search learns from, by tool.
func Asked() map[string][]string { return asked() }
