package connections

// Most is how many connections there may be: as many as leave files to what is not a connection of a client.
func Most() int {
	const most = 16_384
	if files, ok := mostFiles(); ok {
		return min(most, share(files))
	}
	return most
}

// share is how many of so many files connections may take.
func share(files int) int { return max(files/4*3, 1) }
