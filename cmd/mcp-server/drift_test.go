package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/heygen"
)

// edited is HeyGen's document after an edit.
func edited(t *testing.T, edit func(doc map[string]any)) []byte {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(heygen.Document()), &doc); err != nil {
		t.Fatal(err)
	}
	edit(doc)
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// part descends into a document.
func part(doc map[string]any, path ...string) map[string]any {
	for _, name := range path {
		doc, _ = doc[name].(map[string]any)
	}
	return doc
}

// operation is one of a document.
func operation(doc map[string]any, method, path string) map[string]any {
	return part(doc, "paths", path, method)
}

// schema is a component, and property one of its members.
func schema(doc map[string]any, name string) map[string]any {
	return part(doc, "components", "schemas", name)
}

func property(doc map[string]any, of, name string) map[string]any {
	return part(schema(doc, of), "properties", name)
}

// runDrift runs the command on a document.
func runDrift(t *testing.T, raw []byte, flags ...string) (status int, out, faults string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "newer.json")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	status = run(t.Context(), append([]string{"drift", "--spec", file}, flags...), nil, &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// TestDriftFindsNothingInTheSameDocument holds that the document that was built for has no difference.
func TestDriftFindsNothingInTheSameDocument(t *testing.T) {
	t.Parallel()
	status, out, faults := runDrift(t, []byte(heygen.Document()))
	if status != exitOK || !strings.Contains(out, "\nNo difference.\n") || faults != "" {
		t.Errorf("got status %d, %q and %q, want 0 and no difference", status, out, faults)
	}
}

// rewritten is a part of a document as another generator might write it: as OpenAPI 3.0 has null, with
// choices of one for constants, in another order, and without discriminators and what HeyGen adds.
func rewritten(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = rewritten(v[i])
		}
	case map[string]any:
		for name, one := range v {
			_, text := one.(string)
			if strings.HasPrefix(name, "x-") || name == "description" && text || name == "discriminator" {
				delete(v, name)
				continue
			}
			v[name] = rewritten(one)
		}
		if kinds, ok := v["type"].([]any); ok && len(kinds) == 2 && kinds[1] == "null" {
			v["type"], v["nullable"] = kinds[0], true
		}
		if choices, ok := v["anyOf"].([]any); ok && len(choices) == 2 && choices[1].(map[string]any)["type"] == "null" {
			v["allOf"], v["nullable"] = choices[:1], true
			delete(v, "anyOf")
		}
		if only, ok := v["const"]; ok {
			v["enum"] = []any{only}
			delete(v, "const")
		}
		for _, name := range []string{"required", "enum", "oneOf", "anyOf"} {
			if list, ok := v[name].([]any); ok {
				slices.Reverse(list)
			}
		}
	}
	return v
}

// TestDriftComparesByMeaning holds that the same document written otherwise has no difference.
func TestDriftComparesByMeaning(t *testing.T) {
	t.Parallel()
	status, out, faults := runDrift(t, edited(t, func(doc map[string]any) { rewritten(doc) }))
	if status != exitOK || !strings.HasSuffix(out, "\nNo difference.\n") || faults != "" ||
		!strings.Contains(out, "does not tell permissions, previews, error codes: these are not compared.") {
		t.Errorf("got status %d, %.3000s and %q, want 0 and no difference", status, out, faults)
	}
}

// TestDriftTellsWhatHasChanged holds, for edits of HeyGen's document, what is said of each and whether it
// is said to break a tool.
func TestDriftTellsWhatHasChanged(t *testing.T) {
	t.Parallel()
	for kind, table := range map[string]map[string]drifting{
		"request": requestDrift(), "answer": answerDrift(), "operation": operationDrift(),
	} {
		for name, d := range table {
			t.Run(kind+": "+name, func(t *testing.T) {
				t.Parallel()
				status, out, faults := runDrift(t, edited(t, d.edit))
				if want := map[bool]int{false: exitOK, true: exitFailure}[d.breaks]; status != want || faults != "" {
					t.Errorf("got status %d and faults %q, want %d", status, faults, want)
				}
				for line := range strings.Lines(out) {
					if strings.TrimSpace(line) == d.want {
						return
					}
				}
				t.Errorf("got\n%s\nwant the line\n  %s", out, d.want)
			})
		}
	}
}

// TestDriftIsToldToPrograms holds the form of --json.
func TestDriftIsToldToPrograms(t *testing.T) {
	t.Parallel()
	status, out, _ := runDrift(t, edited(t, requestDrift()["a bound is narrower"].edit), "--json")
	var got struct {
		Built    struct{ Version string }
		Findings []struct {
			Operation, Part, Field, Kind, What string
			Tools                              []string
			Breaks                             []struct{ Tool, Why string }
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || status != exitFailure {
		t.Fatalf("got status %d and %v in %s", status, err, out)
	}
	f := got.Findings
	if got.Built.Version == "" || len(f) != 1 || f[0].Operation != "POST /v3/folders" || f[0].Part != "body" || f[0].Field != "name" ||
		f[0].Kind != "bound" || len(f[0].Tools) != 1 || len(f[0].Breaks) != 1 || f[0].Breaks[0].Tool != "create_folder" {
		t.Errorf("got %+v", got)
	}
}

// TestDriftSaysWhatItCannotUse holds the messages and the status for what cannot be compared.
func TestDriftSaysWhatItCannotUse(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"":                           "is not JSON",
		"openapi: 3.1.0\npaths: {}":  "it is YAML, and only JSON is read; convert it",
		`{"paths":{}}`:               `no member "openapi"`,
		`{"swagger":"2.0"}`:          `no member "openapi"`,
		`{"openapi":"3.1.0"}`:        "it has no operation under /v3/",
		`{"openapi":"3.1.0",`:        "is not JSON",
		refDocument("#/nowhere"):     `GET /v3/x: the reference "#/nowhere" leads nowhere`,
		refDocument("other.json#/a"): `GET /v3/x: the reference "other.json#/a" leads out of the document`,
	} {
		status, out, faults := runDrift(t, []byte(raw))
		if status != exitUsage || out != "" || !strings.Contains(faults, want) {
			t.Errorf("%q: got status %d, %q and %q, want %d and %q", raw, status, out, faults, exitUsage, want)
		}
	}
	for _, c := range []struct{ args, want string }{
		{"", "--spec FILE is missing"},
		{"--spec /nowhere/x.json", "no such file"},
		{"--spec x.json more", `"more" is not known`},
		{"--color", "the flags are --spec FILE and --json"},
	} {
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), append([]string{"drift"}, strings.Fields(c.args)...), nil, &stdout, &stderr)
		if status != exitUsage || !strings.Contains(stderr.String(), c.want) {
			t.Errorf("drift %s: got status %d and %q, want %d and %q", c.args, status, stderr.String(), exitUsage, c.want)
		}
	}
}

// refDocument is a document whose one answer is somewhere else.
func refDocument(ref string) string {
	return `{"openapi":"3.1.0","paths":{"/v3/x":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"` + ref + `"}}}}}}}}}`
}
