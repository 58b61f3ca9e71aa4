package broker

import (
	"net/http"
	"slices"
	"strings"

	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/clients"
)

// metadata is what clients find out about the server before they are known to it.
type metadata struct {
	site   *site.Site
	grants []string // the grant types that every client may use
}

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

// handler describes the server. It answers the same wherever it is mounted, since clients look in
// several places; a path with openid-configuration in it also gets the members that OpenID's
// clients insist on, though no id token is ever made: some clients look for nothing else, and
// refuse a document without them.
func (m metadata) handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !takesRead(w, r) {
			return
		}
		doc := m.document()
		if strings.Contains(r.URL.Path, "openid-configuration") {
			doc.Keys, doc.Subjects, doc.IDTokenSigningMethods = m.site.URL(
				site.PathKeys,
			), []string{
				"public",
			}, []string{
				"RS256",
			}
		}
		// Five minutes: an operator who moves the server is not haunted for long.
		w.Header().Set("Cache-Control", "public, max-age=300")
		protocol.WriteJSON(w, http.StatusOK, doc)
	})
}

// takesRead says whether a request for a public document is to be answered with it, and answers the
// others.
func takesRead(w http.ResponseWriter, r *http.Request) bool {
	protocol.AllowAnyOrigin(w, "GET, HEAD, OPTIONS")
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

func (m metadata) document() serverMetadata {
	methods := []string{clients.MethodNone, clients.MethodBasic, clients.MethodPost}
	device := m.site.URL(site.PathDeviceCode)
	if !slices.Contains(m.grants, clients.GrantDevice) {
		device = ""
	}
	return serverMetadata{
		Issuer: m.site.Issuer, Authorize: m.site.URL(site.PathAuthorize), Token: m.site.URL(site.PathToken), Register: m.site.URL(site.PathRegister),
		Revoke: m.site.URL(site.PathRevoke), Device: device, Scopes: scope.All(),
		Responses: []string{"code"}, Modes: []string{"query"}, Grants: m.grants,
		Methods: methods, RevokeMethods: methods, Challenges: []string{"S256"},
		NamesIssuer: m.site.NamesIssuer(), Documents: true, ProtectedResources: []string{m.site.Resource},
	}
}

// keys is the set of keys that sign id tokens: none.
func (metadata) keys(w http.ResponseWriter, r *http.Request) {
	if takesRead(w, r) {
		protocol.WriteJSON(w, http.StatusOK, map[string][]string{"keys": {}})
	}
}
