// Package listen opens the listeners that flags name, on both loopback networks where a flag names one of them, and
// serves what stands beside the endpoint. It knows flags by their names alone, and nothing of what is served.
package listen
