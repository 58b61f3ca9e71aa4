package app

import (
	"context"
	"path/filepath"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/internal/database"
)

// IndexName is the file of --data-dir in which looks, voices and the like are indexed. It is apart from
// the database: all of it can be read again, so that nothing is lost with it.
const IndexName = "catalogue.db"

// openIndex opens the index of what HeyGen has to choose from. One that cannot be opened is in memory:
// it is no reason not to serve.
func (a *App) openIndex(ctx context.Context, cfg *settings.Config, upstream string, log zerolog.Logger) {
	a.index = catalogue.New()
	if cfg.DataDir == "" {
		return
	}
	if cfg.Sandbox {
		upstream = "sandbox " + cfg.SandboxCatalogue // whose address is another at every start
	}
	a.preparing.Go(func() error {
		err := a.keepIndex(ctx, filepath.Join(cfg.DataDir, IndexName), upstream)
		if err != nil && ctx.Err() == nil {
			log.Warn().Err(err).Str("file", IndexName).
				Msg("the index of looks and voices is in memory: its file cannot be used")
		}
		return nil
	})
}

// keepIndex keeps the index in a file.
func (a *App) keepIndex(ctx context.Context, file, upstream string) (err error) {
	if a.indexFile, err = database.OpenSQLite(file); err != nil {
		return err
	}
	return a.index.Keep(ctx, a.indexFile, upstream)
}

// closeIndex ends what is kept of the index.
func (a *App) closeIndex() {
	if a.index != nil {
		a.index.Close()
	}
	if a.indexFile != nil {
		_ = a.indexFile.Close() // whatever was read is kept; there is nobody left to tell
	}
}
