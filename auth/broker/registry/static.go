package registry

import (
	"errors"
	"fmt"

	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/clients"
)

// Static is a client from the settings. Secret is empty for a public one.
type Static struct {
	ID        string   `json:"client_id"`
	Name      string   `json:"client_name"`
	Redirects []string `json:"redirect_uris"`
	Scope     string   `json:"scope"`
	Secret    string   `json:"client_secret"`
}

// Check reports what is wrong with the client, or nil.
func (s Static) Check() error {
	_, err := s.client()
	return err
}

// client is the client as the others are, or what is wrong with it.
func (s Static) client() (StoredClient, error) {
	known := StoredClient{Client: clients.Client{
		ID: s.ID, Name: s.Name, Redirects: s.Redirects, Scope: s.Scope, Method: clients.MethodNone,
		Source: clients.Static,
	}}
	if s.Secret != "" {
		known.Method = clients.MethodBasic
		known.Secret = secrets.Hash(s.Secret, secrets.ClientPurpose)
	}
	switch {
	case s.ID == "" || clients.IsDocument(s.ID):
		return known, errors.New("client_id must be given, and be no https URL")
	case len(s.Redirects) == 0:
		return known, errors.New("redirect_uris is missing")
	}
	// What the operator wrote is allowed by that; only what nobody may be sent to is refused.
	for _, uri := range s.Redirects {
		if !known.Allows(uri) {
			return known, fmt.Errorf("redirect URI %q is not one that can be used", uri)
		}
	}
	return known, nil
}
