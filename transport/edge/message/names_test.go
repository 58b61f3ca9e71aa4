package message

import "testing"

// TestNames holds which methods are told to operators by name, and which of them are the Tasks extension's.
func TestNames(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]struct{ known, ofTasks bool }{
		"tools/call": {true, false}, "initialize": {true, false}, "completion/complete": {true, false}, "notifications/progress": {true, false},
		"tasks/get": {true, true}, "tasks/update": {true, true}, "tasks/cancel": {true, true},
		"tasks/list": {false, false}, "Tools/call": {false, false}, "": {false, false},
	} {
		m := Message{Method: method}
		if known, ofTasks := KnownMethod(method), m.OfTasks(); known != want.known || ofTasks != want.ofTasks {
			t.Errorf("%q is known: %t, of tasks: %t; want %+v", method, known, ofTasks, want)
		}
	}
}

func TestListensToTasks(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]bool{
		`{"taskIds":["a"]}`: true, `{"taskIds":[]}`: false, `{"toolsListChanged":true}`: false, `[]`: false, `{"taskIds":"a"}`: false,
	} {
		m := parsed(t, `{"id":1,"method":"subscriptions/listen","params":{"notifications":`+asked+`}}`)
		if got := m.ListensToTasks(); got != want {
			t.Errorf("%s: got %t, want %t", asked, got, want)
		}
	}
}
