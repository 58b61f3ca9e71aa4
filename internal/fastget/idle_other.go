//go:build !unix

package fastget

import "net"

// canCheckIdle says that idleCheck cannot tell, so that net/http makes every request.
const canCheckIdle = false

func idleCheck(net.Conn) func() bool { return func() bool { return false } }
