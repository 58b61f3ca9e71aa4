package connections

// Most leaves files to what is not a connection of a client.
func Most() int {
	const most = 16_384
	if files, ok := mostFiles(); ok {
		return min(most, max(files/4*3, 1))
	}
	return most
}
