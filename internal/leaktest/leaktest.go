// Package leaktest fails a package's tests when they leave goroutines behind. It is a leaf: it knows nothing of ours,
// and every test may use it.
package leaktest

import (
	"net/http"

	"go.uber.org/goleak"
)

// Main runs a package's tests, and ends the process. Those that asked by http.DefaultClient have left connections open
// for others; these are closed first.
func Main(m goleak.TestingM) { goleak.VerifyTestMain(closing{m}) }

// closing closes the default client's connections once all tests have run. goleak has an option to run something at the
// end, but what is run so comes after the search for goroutines, and has to end the process itself.
type closing struct{ goleak.TestingM }

// Run implements goleak.TestingM.
func (c closing) Run() int {
	defer http.DefaultClient.CloseIdleConnections()
	return c.TestingM.Run()
}
