//go:build !unix

package fastget

import "net"

// checks says that quiet cannot tell, so that net/http makes every request.
const checks = false

func quiet(net.Conn) func() bool { return func() bool { return false } }
