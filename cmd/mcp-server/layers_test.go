package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layer is what a package of ours may import of ours, and why nothing else.
type layer struct {
	may []string
	why string
}

// leavesShare is what leaves may import: what characters are, which those who read JSON and those who write it both
// look at, how a header is found, and when an expression is compiled.
func leavesShare() []string {
	return []string{"internal/headers", "internal/lazyregexp", "internal/plaintext"}
}

// layers says what each package may import. A package under internal/ that is not listed is a leaf: it
// imports nothing of ours, so every listed package outside internal/ may import it.
func layers() map[string]layer {
	return map[string]layer{
		"cmd/mcp-server": {[]string{"auth", "cmd/mcp-server/app", "cmd/mcp-server/demo", "cmd/mcp-server/observe", "cmd/mcp-server/settings", "heygen", "tools"},
			"a command reads its settings, has the server made of them, and says what came of it; check and drift ask HeyGen and its document"},
		"cmd/mcp-server/app": {[]string{"auth", "cmd/mcp-server/observe", "cmd/mcp-server/settings", "heygen", "internal/catalogue", "internal/files", "internal/hooks", "internal/landing", "internal/ledger", "internal/player", "internal/sandbox", "tools", "transport"},
			"the app wires the packages and knows nothing of their inner ones"},
		"cmd/mcp-server/observe": {[]string{"auth", "cmd/mcp-server/settings", "heygen", "internal/ledger", "tools", "transport"},
			"what packages tell is written and counted, and changes nothing of what they do"},
		"cmd/mcp-server/settings": {[]string{"auth", "tools", "transport", "transport/origin"},
			"settings are checked by the packages that they are for, before anything is made of them"},
		"cmd/mcp-server/demo": {nil,
			"the demo is a client from outside: what it imported of the server could stand in for what a client must find out"},
		"cmd/benchmark": {[]string{"cmd/mcp-server/demo"},
			"what is compared is the built program, as a user starts it, and a person signs in to it"},
		"cmd/conformance": {[]string{"transport"},
			"the conformance suite tests the HTTP stack of the product, with tools of its own"},
		"tools": {[]string{"heygen", "internal/catalogue", "internal/files", "tools/args", "tools/args/faults", "tools/args/forms", "tools/args/inputs", "tools/args/spelling", "tools/choice", "tools/contract", "tools/engine", "tools/finder", "tools/jobs", "tools/links", "tools/prices", "tools/prompts", "tools/records", "tools/refusals", "tools/spend", "tools/vocabulary", "tools/consent"},
			"a tool says what to call, and must not be able to name a credential or a connection; the catalog is the one that knows all rooms below it"},
		"tools/args": {[]string{"tools/args/faults", "tools/args/forms", "tools/args/inputs", "tools/args/spelling", "tools/languages"},
			"arguments are read and checked by what an input is declared as alone, without knowing HeyGen or MCP"},
		"tools/args/forms": {[]string{"tools/args/faults", "tools/args/inputs", "tools/args/spelling", "tools/links"},
			"one value is folded by what its argument is declared as, without knowing the call around it or what is refused"},
		"tools/args/inputs": {[]string{"tools/args/faults", "tools/args/spelling", "tools/languages"},
			"an input is declared and published without knowing how clients send it"},
		"tools/args/spelling": {[]string{"tools/languages"},
			"what means the same is known without knowing which argument it is sent for"},
		"tools/args/faults": {nil,
			"what is said of an argument does not depend on what found it"},
		"tools/args/argstest": {[]string{"tools/args/faults", "tools/args/inputs"},
			"the inputs that tests share are declared as tools declare theirs, and are in no program"},
		"tools/languages": {nil,
			"what people call languages is known without knowing whose list is looked into"},
		"tools/refusals": {[]string{"heygen", "tools/args", "tools/args/faults", "tools/args/inputs"},
			"a refusal is made of HeyGen's errors and of faults in arguments, whatever tool they met"},
		"tools/engine": {[]string{"heygen", "internal/ledger", "tools/args", "tools/args/faults", "tools/args/inputs", "tools/args/spelling", "tools/vocabulary", "tools/refusals", "tools/spend", "internal/files", "tools/languages", "tools/consent", "tools/languagelists", "tools/repeats"},
			"every tool is run alike, without knowing which there are or who may reach them; files that HeyGen links to are read by a client that can name no credential"},
		"tools/spend": {[]string{"heygen", "internal/files", "internal/ledger", "tools/refusals", "tools/vocabulary"},
			"what a call may cost and did cost is held and recorded without knowing what was called, or what is charged for it; HeyGen's error says whether a call may have happened"},
		"tools/vocabulary": {[]string{"heygen"},
			"an answer is told in the same words whichever tool asked for it"},
		"tools/consent": {[]string{"tools/agreed", "tools/args/faults", "tools/args/inputs", "tools/refusals"},
			"whether a user must agree is decided by what a tool says that its calls do, without knowing how they are run"},
		"tools/repeats": {[]string{"tools/vocabulary"},
			"which creates are the same is decided by what they mean, without knowing what is made or by whom it is asked for"},
		"tools/languagelists": {[]string{"tools/args", "tools/languages"},
			"lists are kept for whoever reads arguments by them, without knowing where they come from"},
		"tools/agreed": {[]string{"tools/args/faults"},
			"what a user has agreed to is remembered without knowing what was asked"},
		"tools/finder": {[]string{"heygen", "internal/catalogue", "tools/engine", "tools/languages"},
			"an index is filled by the calls of those who search it, without knowing which tools do"},
		"tools/links": {nil,
			"what a link leads to is told by its text alone"},
		"tools/search": {nil,
			"what people call things is known without knowing what a tool is"},
		"tools/choice": {[]string{"tools/args/faults", "tools/args/forms", "tools/args/spelling", "tools/engine", "tools/refusals", "tools/search"},
			"what a request may reach is decided by what the engine says of tools; those that call others refuse as the engine does"},
		"tools/contract": {[]string{"tools/args/inputs", "tools/engine"},
			"what tools send and read is compared with a document by what they declare, whichever they are"},
		"tools/jobs": {[]string{"heygen", "internal/ledger", "internal/panics", "internal/poller", "tools/args/faults", "tools/args/inputs", "tools/args/spelling", "tools/choice", "tools/engine", "tools/refusals", "tools/spend", "tools/vocabulary", "tools/consent"},
			"a wait asks HeyGen through the engine, and only for what a request may reach"},
		"tools/prices": {nil,
			"prices are HeyGen's, whoever tells them and whatever is estimated with them"},
		"tools/prompts": {[]string{"tools/choice", "tools/prices"},
			"texts name tools and prices, and say which tools a request may not reach"},
		"tools/records": {[]string{"heygen", "tools/choice", "tools/engine", "tools/prompts", "tools/refusals"},
			"a record is what a tool answers, as far as a request may reach it; HeyGen's status decides the protocol's error, and prompts say what can be completed"},
		"tools/toolstest": {[]string{"heygen", "internal/ledger", "internal/sandbox", "internal/sandbox/contract/contracttest", "tools", "internal/files"},
			"the bench of tests puts a catalog in front of a sandbox, records between the two, and is in no program"},
		"heygen": {nil,
			"the client is one HTTP call to v3; its credential comes in through the http.Client and from nowhere else"},
		"auth": {[]string{"auth/broker", "auth/broker/audit", "auth/broker/grants", "auth/broker/limits", "auth/broker/lookup",
			"auth/broker/registry", "auth/broker/scope", "auth/clients", "auth/credential", "auth/store"},
			"a credential lives and dies in auth; what it knew of others could carry it out"},
		"auth/credential": {nil,
			"a credential says what it is and whose, and cannot be carried from here to anybody"},
		"auth/broker": {[]string{"auth/broker/audit", "auth/broker/browsers", "auth/broker/flows",
			"auth/broker/grants", "auth/broker/limits", "auth/broker/lookup", "auth/broker/protocol",
			"auth/broker/registry", "auth/broker/renewal", "auth/broker/scope", "auth/broker/signin",
			"auth/broker/site", "auth/broker/tally", "auth/broker/tokens", "auth/clients", "auth/credential", "auth/pages",
			"auth/store", "auth/upstream"},
			"the broker wires the faces of the authorization server, and knows no request of MCP's"},
		"auth/broker/signin": {[]string{"auth/broker/audit", "auth/broker/browsers", "auth/broker/flows",
			"auth/broker/grants", "auth/broker/limits", "auth/broker/protocol", "auth/broker/registry",
			"auth/broker/scope", "auth/broker/secrets", "auth/broker/site", "auth/broker/tally", "auth/clients",
			"auth/credential", "auth/pages", "auth/store", "auth/upstream", "internal/frame"},
			"the pages end with a code or a sealed key; what a token made of one opens is not theirs to know"},
		"auth/broker/tokens": {[]string{"auth/broker/audit", "auth/broker/flows", "auth/broker/grants",
			"auth/broker/limits", "auth/broker/protocol", "auth/broker/registry", "auth/broker/renewal",
			"auth/broker/scope", "auth/broker/secrets", "auth/broker/site", "auth/clients", "auth/store"},
			"the token endpoint serves clients, who show what they were given, and sees no page or browser"},
		"auth/broker/lookup": {[]string{"auth/broker/grants", "auth/broker/limits", "auth/broker/renewal",
			"auth/broker/scope", "auth/broker/secrets", "auth/credential", "auth/store"},
			"each request of MCP's passes here, so nothing stands here of how tokens are given out"},
		"auth/broker/renewal": {[]string{"auth/broker/audit", "auth/broker/grants", "auth/store",
			"auth/upstream"},
			"HeyGen's tokens are renewed for look-ups and for refreshes alike, without knowing which"},
		"auth/broker/flows": {[]string{"auth/broker/browsers", "auth/broker/grants", "auth/broker/limits",
			"auth/broker/protocol", "auth/broker/registry", "auth/broker/secrets", "auth/clients",
			"auth/credential", "auth/store"},
			"a sign-in under way is a sealed record, whatever pages lead through it"},
		"auth/broker/registry": {[]string{"auth/broker/audit", "auth/broker/limits",
			"auth/broker/protocol", "auth/broker/scope", "auth/broker/secrets", "auth/clients",
			"auth/store"},
			"who a client is must not depend on who has signed in to it"},
		"auth/broker/browsers": {[]string{"auth/broker/protocol", "auth/broker/secrets",
			"auth/broker/site", "auth/store"},
			"a cookie is made and checked alike for every page"},
		"auth/broker/grants": {[]string{"auth/broker/scope", "auth/broker/secrets", "auth/credential",
			"auth/store", "auth/upstream"},
			"what a consent becomes is made and opened in one place, whoever asks for it"},
		"auth/broker/limits": {[]string{"auth/store"},
			"what is counted does not depend on what comes of it"},
		"auth/broker/protocol": {nil,
			"parameters and errors have their form before anybody knows whose they are"},
		"auth/broker/secrets": {[]string{"auth/store"},
			"a secret is made, hashed and sealed alike, whatever it opens"},
		"auth/broker/site": {nil,
			"where the deployment is on the web depends on its settings alone"},
		"auth/broker/scope": {nil,
			"what may be asked for depends on the words of the request alone"},
		"auth/broker/brokertest": {[]string{"auth", "auth/clients", "auth/store", "internal/pgtest", "internal/sandbox"},
			"the tests of the broker's packages drive them as clients and users do, through auth and over HTTP"},
		"auth/broker/oauthrules": {[]string{"auth", "auth/broker/brokertest", "auth/clients"},
			"the table of what is required is tried from outside, as the specifications are written"},
		"auth/broker/tally": {[]string{"auth/store"},
			"calls are counted without knowing what was called, and by whom it may be seen"},
		"auth/broker/audit": {nil,
			"an event has names and ids, and nothing that it could leak"},
		"auth/pages": {[]string{"internal/frame"},
			"what a person sees is apart from how a sign-in is done"},
		"auth/upstream": {nil,
			"HeyGen's authorization server is called without knowing for whom"},
		"auth/clients": {nil,
			"who may be sent back to where is judged without knowing tokens or people"},
		"auth/store": {nil,
			"a store keeps what it is given and sees hashes and sealed bytes alone"},
		"auth/store/storetest": {[]string{"auth/store"},
			"the suite says what a store must do, and knows nothing of who uses one"},
		"transport": {[]string{"transport/connections", "transport/edge", "transport/inflight", "transport/keepalive", "transport/origin"},
			"transport says who may connect and gets everything else as functions, so that any tools can be served over it"},
		"transport/connections": {nil,
			"a connection is kept or closed by what it waits for, whatever is asked on it"},
		"transport/keepalive": {nil,
			"a connection that waits for its next request is kept without knowing what was asked on it"},
		"transport/inflight": {[]string{"transport/connections", "transport/edge"},
			"what is in flight is counted without knowing what it is; how many connections there may be is the default of a limit"},
		"transport/origin": {[]string{"transport/edge"},
			"who may call is judged by names alone, before anybody knows who calls; a refusal is in the form of edge's"},
		"internal/frame": {[]string{"internal/words"},
			"every page is laid out and guarded alike, in whatever language it speaks"},
		"internal/landing": {[]string{"internal/accept", "internal/frame", "internal/words"},
			"the page at the door looks like every other page, and is told what it says"},
		"internal/player": {[]string{"internal/frame", "internal/words"},
			"what was made is shown without knowing whose API made it, or how its person signed in"},
		"internal/hooks": {[]string{"internal/limit", "internal/seal"},
			"what HeyGen calls is sealed and counted, and whom it concerns is somebody else's to know"},
		"internal/pgtest": {[]string{"internal/database"},
			"a test's schema is made by the connections that the server makes, which wait where other tests have them all"},
		"internal/ledger": {[]string{"internal/database"},
			"what was paid for is recorded without knowing HeyGen, MCP or who sets a limit"},
		"internal/catalogue": {[]string{"internal/database"},
			"what is looked for is found without knowing whose API lists it, or who asks for it"},
		"internal/files": {[]string{"internal/dial", "internal/hosts"},
			"a link is data from outside: whoever reads it sees addresses and bytes, and no credential or tool"},
		"internal/sandbox": {[]string{"internal/sandbox/contract", "internal/sandbox/delivery", "internal/sandbox/engine",
			"internal/sandbox/media", "internal/sandbox/oauth", "internal/sandbox/seeded"},
			"the sandbox stands for HeyGen: what it shared with the server could be wrong in both without a test that fails"},
		"internal/sandbox/engine": {[]string{"internal/sandbox/contract", "internal/sandbox/delivery", "internal/sandbox/media",
			"internal/sandbox/seeded"},
			"the engine runs the operations of any resource, and knows none of them"},
		"internal/sandbox/media": {[]string{"internal/sandbox/seeded"},
			"files are made from a length and an id, whatever job they are of"},
		"internal/sandbox/contract": {nil,
			"a request is checked against the contract alone, so that no resource can relax it"},
		"internal/sandbox/contract/contracttest": {nil,
			"tests read the contract itself, and not what the sandbox made of it"},
		"internal/sandbox/oauth": {nil,
			"the authorization server knows names of accounts, and nothing that they own"},
		"internal/sandbox/delivery": {nil,
			"a delivery is a URL and a body, whatever the event is about"},
		"internal/sandbox/seeded": {nil,
			"what looks arbitrary depends on a seed alone"},
		"transport/edge/edgetest": {nil,
			"tests of the edge and of transport send the same requests, whatever they meet"},
		"transport/edge/message": {nil,
			"a message is read and judged by itself, whoever answers it and whatever tools there are"},
		"transport/edge": {[]string{"transport/edge/message"},
			"the edge is part of transport and guards what stands behind it, without knowing what that is"},
	}
}

// isLeaf reports whether a package may be imported by all outside internal/.
func isLeaf(pkg string) bool {
	_, listed := layers()[pkg]
	return isInternal(pkg) && !listed
}

func isInternal(pkg string) bool { return strings.HasPrefix(pkg, "internal/") }

func TestImportsFollowTheLayers(t *testing.T) {
	t.Parallel()
	for pkg, imports := range ourImports(t, "../..") {
		l, known := layers()[pkg]
		if !known && !isInternal(pkg) {
			t.Errorf("%s is not in layers(); add it with what it may import and why", pkg)
			continue
		}
		if !known {
			l.may, l.why = leavesShare(), "a leaf imports nothing of ours, so that all may import it"
		}
		for _, imported := range imports {
			if slices.Contains(l.may, imported) || known && !isInternal(pkg) && isLeaf(imported) {
				continue
			}
			t.Errorf("%s imports %s, which it must not: %s", pkg, imported, l.why)
		}
	}
}

// A rule that nothing needs would hide the next import that it happens to allow.
func TestEveryArrowOfTheLayersExists(t *testing.T) {
	t.Parallel()
	found := ourImports(t, "../..")
	for pkg, l := range layers() {
		for _, may := range l.may {
			if !slices.Contains(found[pkg], may) {
				t.Errorf("layers() lets %s import %s, which it does not; take it out", pkg, may)
			}
		}
	}
}

func TestOnlyBuildKnowsAllPackages(t *testing.T) {
	t.Parallel()
	four := []string{"auth", "heygen", "tools", "transport"}
	for file, imports := range fileImports(t, ".") {
		all := !slices.ContainsFunc(four, func(p string) bool { return !slices.Contains(imports, p) })
		if all != (file == "build.go") {
			t.Errorf("%s imports %v: build.go, and no other file, knows all four packages", file, imports)
		}
	}
}

func TestOnlyCmdReadsTheEnvironment(t *testing.T) {
	t.Parallel()
	for _, file := range goFiles(t, "../..") {
		// A bench of tests, which is a package called after them, finds the tests' database by a variable.
		bench := strings.HasSuffix(filepath.Dir(file), "test")
		if bench || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "../../cmd/") {
			continue
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range []string{"os.Getenv", "os.LookupEnv", "os.Environ"} {
			if strings.Contains(string(raw), call) {
				t.Errorf("%s calls %s: only cmd reads the environment, so that every setting is in one table", file, call)
			}
		}
	}
}
