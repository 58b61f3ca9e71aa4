package registry_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestDocumentsOfOthers holds that a stranger who uses up what may be fetched keeps nobody from
// clients that people use or that are known, not even at the same address.
func TestDocumentsOfOthers(t *testing.T) {
	t.Parallel()
	s := brokertest.NewSite(t)
	d := s.With(brokertest.OnSQLite(t))
	s.Put(brokertest.DocumentID, brokertest.DocumentGood)
	d.CodeOf(d.Person().WithKey(d.Ask(brokertest.DocumentID), "mia"))
	d.Clock.Advance(25 * time.Hour) // it must be fetched again
	var last brokertest.Answer
	for i := range 30 {
		last = d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(fmt.Sprintf("https://h%d.example/c", i)).Encode(), "")
	}
	brokertest.Limited(t, "a stranger", last)
	d.CodeOf(d.Person().WithKey(d.Ask(brokertest.DocumentID), "mia"))
	if s.Count(brokertest.DocumentID) != 2 {
		t.Errorf("the document was fetched %d times, want twice", s.Count(brokertest.DocumentID))
	}
	claude := "https://claude.ai/oauth/mcp-oauth-client-metadata"
	s.Put(claude, strings.Replace(brokertest.DocumentGood, brokertest.DocumentID, claude, 1))
	neighbor := d.Person()
	neighbor.Web = brokertest.From(t, "127.0.0.2", neighbor.Web)
	d.CodeOf(neighbor.WithKey(d.Ask(claude), "ana"))
	// One host is not what others ask for it either.
	d.Clock.Advance(2 * time.Minute)
	for i := range 30 {
		d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(fmt.Sprintf("https://busy.example/%d", i)).Encode(), "")
	}
	other := "https://busy.example/client"
	s.Put(other, strings.Replace(brokertest.DocumentGood, brokertest.DocumentID, other, 1))
	neighbor.Open("/oauth/authorize?" + d.Ask(other).Encode())
	d.CodeOf(neighbor.Finish("ana"))
}
