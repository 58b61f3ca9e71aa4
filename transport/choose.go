package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/transport/edge"
)

// The headers by which a client narrows what it may list and call.
const (
	headerToolsets = "X-MCP-Toolsets"
	headerTools    = "X-MCP-Tools"
	headerReadOnly = "X-MCP-Readonly"

	// As net/http spells them.
	canonicalToolsets = "X-Mcp-Toolsets"
	canonicalTools    = "X-Mcp-Tools"
	canonicalReadOnly = "X-Mcp-Readonly"
)

// pathFilter is what may follow an endpoint's path, as a pattern of the router: which toolsets, and
// whether only what reads.
type pathFilter string

const (
	toolsetsParam = "toolsets"
	toolsetsPath  = "/x/{" + toolsetsParam + "}"
	readOnlyPath  = "/readonly"
)

// pathFilters are those that this server has.
func (s *Server) pathFilters() []pathFilter {
	if s.parts.Choose == nil {
		return []pathFilter{""}
	}
	return []pathFilter{"", readOnlyPath, toolsetsPath, toolsetsPath + readOnlyPath}
}

// below is what r's path has after the endpoint's, as the client spelt it.
func (n pathFilter) below(r *http.Request) string {
	return strings.Replace(string(n), "{"+toolsetsParam+"}", chi.URLParam(r, toolsetsParam), 1)
}

// typed is below with the slash that the client put at the end, if it did.
func (n pathFilter) typed(r *http.Request) string { return n.below(r) + typedSlash(r) }

func (n pathFilter) readOnly() bool { return strings.HasSuffix(string(n), readOnlyPath) }

// toolsets are those that r's path names; nil where it names none.
func (n pathFilter) toolsets(r *http.Request) ([]string, error) {
	given := chi.URLParam(r, toolsetsParam)
	if given == "" {
		return nil, nil
	}
	if r.URL.RawPath != "" { // otherwise the router has matched the unescaped path
		plain, err := url.PathUnescape(given)
		if err != nil {
			return nil, errors.New("the toolsets in the path are not well escaped")
		}
		given = plain
	}
	return distinct(strings.Split(given, ",")), nil
}

// choose narrows the tools of a request as its path and its headers say. The path comes first, so a
// header narrows it further and never widens it.
func (s *Server) choose(n pathFilter) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, status, err := s.chosen(n, r)
			if err != nil {
				edge.WriteError(w, status, nil, mcp.INVALID_REQUEST, err.Error())
				return
			}
			if ctx != r.Context() {
				r = r.WithContext(ctx)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// maxChoice bounds, in bytes, the names in a path or a header: all tools of v3 fit.
const maxChoice = 8 << 10

// overlong refuses a choice that is longer than all there is to choose.
func overlong(r *http.Request) (int, error) {
	if len(r.URL.Path) > maxChoice && len(chi.URLParam(r, toolsetsParam)) > maxChoice {
		return http.StatusNotFound, fmt.Errorf("the toolsets in the path are longer than %d bytes", maxChoice)
	}
	for _, name := range [...]string{canonicalToolsets, canonicalTools, canonicalReadOnly} {
		length := 0
		for _, line := range r.Header[name] {
			length += len(line)
		}
		if length > maxChoice {
			return http.StatusBadRequest, fmt.Errorf("the header %s is longer than %d bytes", name, maxChoice)
		}
	}
	return 0, nil
}

// chosen is the context with the request's choice in it, or the status of a refusal.
func (s *Server) chosen(n pathFilter, r *http.Request) (context.Context, int, error) {
	if status, err := overlong(r); err != nil {
		return nil, status, err
	}
	byPath, err := n.toolsets(r)
	if err != nil {
		return nil, http.StatusNotFound, err
	}
	byHeader, tools := listed(r.Header[canonicalToolsets]), listed(r.Header[canonicalTools])
	readOnly, err := saysYes(r.Header[canonicalReadOnly])
	if err != nil {
		return nil, http.StatusBadRequest, err
	}
	readOnly = readOnly || n.readOnly()
	var sets [][]string
	for _, list := range [][]string{byPath, byHeader} {
		if len(list) > 0 {
			sets = append(sets, list)
		}
	}
	if len(sets) == 0 && len(tools) == 0 && !readOnly {
		return r.Context(), 0, nil
	}
	if s.parts.Choose == nil {
		// Serving all of them to a client that asked for fewer could let it do what it must not.
		return nil, http.StatusBadRequest, errors.New("this server has no choice of tools to offer")
	}
	ctx, err := s.parts.Choose(r.Context(), sets, tools, readOnly)
	if err != nil {
		return nil, s.unchosen(r.Context(), byPath), err
	}
	return ctx, 0, nil
}

// unchosen is the status of a choice that cannot be: a path that names no toolset of ours is not
// found, and everything else is a bad request.
func (s *Server) unchosen(ctx context.Context, byPath []string) int {
	if s.knows(ctx, byPath) != nil {
		return http.StatusNotFound
	}
	return http.StatusBadRequest
}

// knows says whether the toolsets of a path are ours.
func (s *Server) knows(ctx context.Context, byPath []string) error {
	if len(byPath) == 0 {
		return nil
	}
	_, err := s.parts.Choose(ctx, [][]string{byPath}, nil, false)
	return err
}

// known lets a request for a document about a path through only if that path is one of ours.
// Headers do not matter there: a document describes a URL.
func (s *Server) known(n pathFilter, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sets, err := n.toolsets(r)
		if err == nil {
			err = s.knows(r.Context(), sets)
		}
		if err != nil {
			edge.WriteError(w, http.StatusNotFound, nil, mcp.INVALID_REQUEST, err.Error())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// listed reads a header that lists names. Several lines of it are one list; nil where it names none.
func listed(lines []string) []string {
	var names []string
	for _, line := range lines {
		for one := range strings.SplitSeq(line, ",") {
			if one = strings.TrimSpace(one); one != "" {
				names = append(names, one)
			}
		}
	}
	return distinct(names)
}

// distinct drops repetitions, so that a long header of one name is little work.
func distinct(names []string) []string {
	if len(names) < 2 {
		return names
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(name string) bool {
		repeated := seen[name]
		seen[name] = true
		return repeated
	})
}

// saysYes reads a switch. Of two lines the narrower holds, and a word that is no answer is refused:
// taking it for a no would open what the client meant to close.
func saysYes(lines []string) (bool, error) {
	yes := false
	for _, line := range lines {
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "true", "1", "yes":
			yes = true
		case "false", "0", "no", "":
		default:
			return false, errors.New("the header " + headerReadOnly + " must be true or false")
		}
	}
	return yes, nil
}
