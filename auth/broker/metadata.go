package broker

import (
	"net/http"
	"strings"

	"heygen-mcp/auth/clients"
)

// serverMetadata is RFC 8414's document, with what OpenID's clients look for in theirs.
type serverMetadata struct {
	Issuer                string   `json:"issuer"`
	Authorize             string   `json:"authorization_endpoint"`
	Token                 string   `json:"token_endpoint"`
	Register              string   `json:"registration_endpoint"`
	Revoke                string   `json:"revocation_endpoint"`
	Device                string   `json:"device_authorization_endpoint,omitempty"`
	Scopes                []string `json:"scopes_supported"`
	Responses             []string `json:"response_types_supported"`
	Modes                 []string `json:"response_modes_supported"`
	Grants                []string `json:"grant_types_supported"`
	Methods               []string `json:"token_endpoint_auth_methods_supported"`
	RevokeMethods         []string `json:"revocation_endpoint_auth_methods_supported"`
	Challenges            []string `json:"code_challenge_methods_supported"`
	NamesIssuer           bool     `json:"authorization_response_iss_parameter_supported"`
	Documents             bool     `json:"client_id_metadata_document_supported"`
	ProtectedResources    []string `json:"protected_resources"`
	Keys                  string   `json:"jwks_uri,omitempty"`
	Subjects              []string `json:"subject_types_supported,omitempty"`
	IDTokenSigningMethods []string `json:"id_token_signing_alg_values_supported,omitempty"`
}

// Metadata describes the server. It answers the same wherever it is mounted, since clients look in several places; a
// path with openid-configuration in it also gets the members that OpenID's clients insist on, though no id token is
// ever made: some clients look for nothing else, and refuse a document without them.
func (b *Broker) Metadata() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !b.reads(w, r) {
			return
		}
		m := b.metadata()
		if strings.Contains(r.URL.Path, "openid-configuration") {
			m.Keys, m.Subjects, m.IDTokenSigningMethods = b.url(pathKeys), []string{"public"}, []string{"RS256"}
		}
		// Five minutes: an operator who moves the server is not haunted for long.
		w.Header().Set("Cache-Control", "public, max-age=300")
		writeJSON(w, http.StatusOK, m)
	})
}

// reads says whether a request for a public document is to be answered with it, and answers the others.
func (b *Broker) reads(w http.ResponseWriter, r *http.Request) bool {
	b.anyPage(w, "GET, HEAD, OPTIONS")
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return true
	case http.MethodOptions:
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("Allow", "GET, HEAD, OPTIONS")
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
	return false
}

func (b *Broker) metadata() serverMetadata {
	methods := []string{clients.MethodNone, clients.MethodBasic, clients.MethodPost}
	device := b.url(pathDeviceCode)
	if b.cfg.NoDevices {
		device = ""
	}
	return serverMetadata{
		Issuer: b.cfg.Issuer, Authorize: b.url(pathAuthorize), Token: b.url(pathToken), Register: b.url(pathRegister),
		Revoke: b.url(pathRevoke), Device: device, Scopes: Scopes(),
		Responses: []string{"code"}, Modes: []string{"query"}, Grants: b.grants(),
		Methods: methods, RevokeMethods: methods, Challenges: []string{"S256"},
		NamesIssuer: !b.cfg.OmitIssuer, Documents: true, ProtectedResources: []string{b.cfg.Resource},
	}
}

// grants are the grant types that every client may use.
func (b *Broker) grants() []string {
	if b.cfg.NoDevices {
		return []string{clients.GrantCode, clients.GrantRefresh}
	}
	return []string{clients.GrantCode, clients.GrantRefresh, clients.GrantDevice}
}

// keys is the set of keys that sign id tokens: none.
func (b *Broker) keys(w http.ResponseWriter, r *http.Request) {
	if b.reads(w, r) {
		writeJSON(w, http.StatusOK, map[string][]string{"keys": {}})
	}
}
