package observe

import (
	"context"
	"sync"

	"github.com/rs/zerolog"

	"heygen-mcp/tools"
)

// maxPassedOver is how many names are logged in the life of a server: a client chooses them where a
// tool takes no arguments.
const maxPassedOver = 100

// PassedOver logs, once for each name, that clients put it among the arguments by themselves and that
// it was passed over, so that an operator can tell which client does what.
func PassedOver(log zerolog.Logger, next func(context.Context, tools.Event)) func(context.Context, tools.Event) {
	var mu sync.Mutex
	logged := map[string]bool{}
	isNew := func(name string) bool {
		mu.Lock()
		defer mu.Unlock()
		if logged[name] || len(logged) >= maxPassedOver {
			return false
		}
		logged[name] = true
		return true
	}
	return func(ctx context.Context, e tools.Event) {
		for _, name := range e.PassedOver {
			if isNew(name) {
				log.Info().Ctx(ctx).Str("tool", e.Tool).Str("argument", name).
					Msg("an argument that the client added by itself is passed over")
			}
		}
		next(ctx, e)
	}
}
