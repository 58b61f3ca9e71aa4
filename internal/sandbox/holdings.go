package sandbox

import (
	"time"

	"heygen-mcp/internal/sandbox/engine"
)

// holdings is what an account owns besides its jobs. The lock of the engine guards it.
type holdings struct {
	private    *catalog
	folders    map[string]*folder
	hooks      []*hook         // in the order they were created
	events     []*event        // as well
	agents     []*agentSession // in the order they were created
	goneVoices map[string]bool // voices of HeyGen Voice that were deleted
	trainings  []*engine.Job   // of voices of HeyGen Voice, also those of voices that are gone
	speeches   []time.Time     // by HeyGen Voice, in the last minute
	glossaries []*glossary     // in the order they were made
	workflows  []*workflow     // as well
	runKeys    map[string]*workflowRun
}

func newHoldings(seed uint64, account string) *holdings {
	return &holdings{
		private: privateCatalog(seed, account), folders: map[string]*folder{}, goneVoices: map[string]bool{},
		runKeys: map[string]*workflowRun{},
	}
}

// holdingsOf are those of an account.
func holdingsOf(a *engine.Account) *holdings {
	h, _ := a.Data.(*holdings)
	return h
}
