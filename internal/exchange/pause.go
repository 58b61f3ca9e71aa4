package exchange

// Pause is a call that has nothing to do for a while. Whoever has said that it takes pauses calls Resume, and Sleep and
// Resume again for as long as the call has not ended, also where nobody wants to know any more. A call that pauses
// leaves nothing on the stack of its goroutine, and what sleeps needs little of one: there may be thousands.
type Pause struct {
	// Resume does what there is to do. Where the call has ended, out is what it came to, which is no pause.
	Resume func() (out Outcome, ended bool)
	// Sleep waits until there may be something to do.
	Sleep func()
}

// Finish resumes the call until it has ended.
func (p *Pause) Finish() Outcome {
	for {
		if out, ended := p.Resume(); ended {
			return out
		}
		p.Sleep()
	}
}

// Wrap has Resume done by another function, which is given the Resume that there is.
func (p *Pause) Wrap(by func(resume func() (Outcome, bool)) (Outcome, bool)) {
	resume := p.Resume
	p.Resume = func() (Outcome, bool) { return by(resume) }
}
