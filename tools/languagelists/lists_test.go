package languagelists

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

type callerKey struct{}

func as(ctx context.Context, caller string) context.Context {
	return context.WithValue(ctx, callerKey{}, caller)
}

// start keeps one list, spoken, and counts how often it is asked for.
func start(ask func(ctx context.Context) []string) (l *Lists, asked *int) {
	asked = new(int)
	return New(map[string]Source{"spoken": {Tool: "list_languages", Ask: func(ctx context.Context) []string {
		*asked++
		return ask(ctx)
	}}}, func(ctx context.Context) string {
		caller, _ := ctx.Value(callerKey{}).(string)
		return caller
	}, time.Now), asked
}

// TestListsAreAskedForOnce holds how long a list is used, and that equal ones of two callers are kept once.
func TestListsAreAskedForOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, asked := start(func(context.Context) []string { return []string{"German", "French"} })
		one := l.Of(as(t.Context(), "one"), "spoken")
		if one == nil || !slices.Equal(one.Given(), []string{"German", "French"}) {
			t.Fatalf("got %v", one)
		}
		found := l.For(as(t.Context(), "one"))("spoken")
		if found == nil || found.List != one || found.Tool != "list_languages" || *asked != 1 {
			t.Errorf("got %+v after %d questions, want the same list after one", found, *asked)
		}
		if l.Of(as(t.Context(), "another"), "spoken") != one || *asked != 2 {
			t.Errorf("after %d questions another caller has a copy of an equal list", *asked)
		}
		time.Sleep(listLifetime)
		if l.Of(as(t.Context(), "one"), "spoken") == nil || *asked != 3 {
			t.Errorf("after %d questions: an old list is not asked for again", *asked)
		}
		if l.Of(t.Context(), "nothing") != nil || l.For(t.Context())("nothing") != nil || *asked != 3 {
			t.Error("a list that there is not was found")
		}
	})
}

// TestListsThatCannotBeHad holds that HeyGen is not asked at once again, and that what was had before stays.
func TestListsThatCannotBeHad(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var names []string
		l, asked := start(func(context.Context) []string { return names })
		for range 2 {
			if l.Of(t.Context(), "spoken") != nil || l.For(t.Context())("spoken") != nil || *asked != 1 {
				t.Fatalf("after %d questions, want nothing after one", *asked)
			}
		}
		time.Sleep(listPause)
		names = []string{"German"}
		had := l.Of(t.Context(), "spoken")
		if had == nil || *asked != 2 {
			t.Fatalf("got %v after %d questions, want a list after two", had, *asked)
		}
		time.Sleep(listLifetime)
		names = nil
		if l.Of(t.Context(), "spoken") != had || *asked != 3 {
			t.Errorf("after %d questions the list that was had is lost", *asked)
		}
	})
}

// TestNobodyWaitsForAListForEver holds that a call which ends gets no list, and that others still do.
func TestNobodyWaitsForAListForEver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, _ := start(func(ctx context.Context) []string {
			<-ctx.Done()
			return nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		if l.Of(ctx, "spoken") != nil || time.Since(began) != time.Second {
			t.Errorf("a call that ends waits for %s", time.Since(began))
		}
		if l.Of(t.Context(), "spoken") != nil || time.Since(began) != listPatience {
			t.Errorf("a call waits for %s, want %s", time.Since(began), listPatience)
		}
	})
}

// TestListsAreBounded holds that the oldest list is forgotten where there are too many.
func TestListsAreBounded(t *testing.T) {
	t.Parallel()
	l, _ := start(nil)
	for i := range maxLists + 1 {
		l.put(string(rune('a'+i%20))+time.Duration(i).String(), keptList{})
	}
	if _, first := l.get("a" + time.Duration(0).String()); first || len(l.kept) != maxLists || len(l.order) != maxLists {
		t.Errorf("%d lists are kept, the first: %t", len(l.kept), first)
	}
}
