// Package agreed remembers what users have agreed to, so that an answer is good for one call and a host is asked for
// once, and finds the hosts that arguments lead to. What is asked, and how it is worded, it does not know.
package agreed
