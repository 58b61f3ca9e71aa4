// Package memory says how much memory the program may let its heap grow by, and gives back what nothing needs once it
// rests. Its settings are the whole process's; it knows nothing of what the memory is used for.
package memory
