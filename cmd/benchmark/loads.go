package main

import (
	"fmt"
	"strings"
)

// A load is one kind of call. path, body and answer are of the request to HeyGen that a call comes to; the proxy is
// sent that itself.
type load struct {
	name      string
	tool      string // empty for a list of tools
	arguments string
	method    string
	path      string
	body      string
	modern    bool // MCP 2026-07-28; else 2025-11-25
	answer    string
}

const (
	videoID = "acf64d583a2aa0ad88b432b43bbfb16d"
	// serial stands for eight digits that are others in each call, so that no create is a repetition.
	serial = "00000000"
)

// createArguments are 25 properties, counted at all depths.
const createArguments = `{"avatar_id":"e32532bfb89e2c8038d4946c8bcb184c","voice_id":"339bfee08dbfd05f4d5cab53bb555634",` +
	`"script":"Hello there, and welcome to the tour of our new workshop.","title":"Tour ` + serial + `","resolution":"1080p",` +
	`"aspect_ratio":"16:9","output_format":"mp4","fit":"cover","voice_settings":{"speed":1.1,"pitch":-2,"volume":0.9,"locale":"en-US",` +
	`"engine_settings":{"engine_type":"elevenlabs","model":"eleven_v3","stability":0.5,"similarity_boost":0.75}},` +
	`"background":{"type":"color","value":"#102030"},"caption":{"style":"default"},"engine":{"type":"avatar_iv"},` +
	`"callback_id":"tour-1","folder_id":"0123456789abcdef"}`

// loads are the calls that are compared, in the order of the table.
func loads() []load {
	video := load{name: "get_video", tool: "get_video", arguments: `{"video_id":"` + videoID + `"}`,
		method: "GET", path: "/v3/videos/" + videoID, answer: `"title":"A tour of the workshop"`}
	newer := video
	newer.name, newer.modern = "get_video, newer era", true
	return []load{
		video,
		newer,
		{name: "list of 20 looks", tool: "list_avatar_looks", arguments: `{"limit":20,"detail":"full"}`,
			method: "GET", path: "/v3/avatars/looks?limit=20", answer: `"Amelia at a desk 19"`},
		{name: "create_video, 25 arguments", tool: "create_video_from_avatar", arguments: createArguments,
			method: "POST", path: "/v3/videos", body: `{"type":"avatar",` + createArguments[1:], answer: `"pending"`},
		{name: "tools/list", answer: `"create_video_from_avatar"`},
	}
}

func loadNames() (names []string) {
	for _, l := range loads() {
		names = append(names, l.flag())
	}
	return names
}

// flag is how a flag names the load.
func (l load) flag() string {
	return strings.NewReplacer(",", "", " ", "-", "/", "-").Replace(l.name)
}

// request is the whole request to a server of MCP, or where none is spoken the one to HeyGen.
func (l load) request(host, path string, headers []string, mcp bool) []byte {
	method, body := l.method, l.body
	if mcp {
		method, body = "POST", l.message()
		headers = append(headers, "Accept: application/json, text/event-stream")
		if l.modern {
			headers = append(headers, "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: "+l.tool)
		} else {
			headers = append(headers, "MCP-Protocol-Version: 2025-11-25")
		}
	} else {
		path = l.path
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: benchmark\r\n", method, path, host)
	for _, h := range headers {
		b.WriteString(h + "\r\n")
	}
	if body != "" {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n" + body)
	return []byte(b.String())
}

// message is the JSON-RPC message.
func (l load) message() string {
	if l.tool == "" {
		return `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}`
	}
	meta := ""
	if l.modern {
		meta = `,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",` +
			`"io.modelcontextprotocol/clientInfo":{"name":"benchmark","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`
	}
	return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"` + l.tool + `","arguments":` + l.arguments + meta + `}}`
}
