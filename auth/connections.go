package auth

import (
	"context"
	"time"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/grants"
)

// Grant is a sign-in as an operator may know it: names of programs and hashes of people.
type Grant struct {
	ID string `json:"id"`
	// Client is the id of the program that was let in, and Name what it calls itself.
	Client string `json:"client"`
	Name   string `json:"name"`
	// Caller is the opaque id of the account, as logs name it.
	Caller  string    `json:"account"`
	Scopes  string    `json:"scopes"`
	Key     bool      `json:"api_key"` // the person gave an API key, and no sign-in of HeyGen's
	Created time.Time `json:"created"`
	// Used is when tokens were last given for it.
	Used time.Time `json:"used"`
}

// Grants are all sign-ins in a store, the newest first.
func Grants(ctx context.Context, s Store) ([]Grant, error) {
	all, err := s.AllGrants(ctx)
	if err != nil {
		return nil, err
	}
	told := make([]Grant, len(all))
	for i, g := range all {
		d := grants.DetailsOf(g)
		told[i] = Grant{
			ID: g.ID, Client: g.Client, Name: d.Name, Caller: d.Caller, Scopes: g.Scopes, Key: d.Key,
			Created: g.Created, Used: g.Used,
		}
	}
	return told, nil
}

// EventEnded is what an audit log calls a sign-in that was ended by somebody other than its person.
const EventEnded = audit.Ended
