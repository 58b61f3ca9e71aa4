// Package origin says by which names the server may be called and from which web pages, and refuses the rest: DNS
// rebinding, and pages of strangers. It knows the headers of a request, and nothing of who makes it or what for.
package origin
