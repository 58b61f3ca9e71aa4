// Package panics turns a panic into a value that can be logged and answered. It is a leaf: it knows
// nothing of ours, and everything may use it.
package panics

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Panic is a panic that was caught: its value and the stack.
type Panic struct {
	// Value is what was panicked with. Its words may quote a request: log Text in its place.
	Value any
	// Stack is that of the goroutine at the panic.
	Stack []byte
}

// Catch runs work and gives the panic that ended it, nil where none did.
func Catch(work func()) (caught *Panic) {
	defer func() {
		if p := recover(); p != nil {
			caught = &Panic{Value: p, Stack: debug.Stack()}
		}
	}()
	work()
	return nil
}

// Text is what may be logged: the words of the Go runtime, which name an index or a nil, and of every
// other value its type.
func (p *Panic) Text() string {
	if err, ok := p.Value.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", p.Value)
}
