// Command deploy checks what operators take with the code that will read it there: Helm's renderer and Kubernetes' own
// types for the chart, Prometheus' parser for the alerts and the dashboard, whose expressions may use no metric or
// label that the server has not, Compose's loader for compose.yaml, and GoReleaser's for the settings of releases. It
// is a module of its own, so that none of this is in the program's module graph.
//
//	go run . check REPOSITORY < scraped-metrics
//	go run . server.json DIR SCHEMAS              # the one in DIR, by the registry's schemas
//	go run . environments REPOSITORY DOMAIN DIR   # writes the variables of compose.yaml's parts into DIR
package main

import (
	"fmt"
	"os"
)

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "check":
		check(os.Args[2])
	case len(os.Args) == 5 && os.Args[1] == "environments":
		if err := writeEnvironments(os.Args[2], os.Args[3], os.Args[4]); err != nil {
			fmt.Println("FAILED:", err)
			os.Exit(1)
		}
	case len(os.Args) == 4 && os.Args[1] == "server.json":
		if err := checkServerJSON(os.Args[2], os.Args[3]); err != nil {
			fmt.Println("FAILED:", err)
			os.Exit(1)
		}
	default:
		fmt.Fprintln(os.Stderr, "usage: deploy check REPOSITORY < scraped-metrics\n"+
			"       deploy server.json DIR SCHEMAS\n"+
			"       deploy environments REPOSITORY DOMAIN DIR")
		os.Exit(2)
	}
}

// check reads everything, and ends the program where something is wrong.
func check(repository string) {
	faults := append(checkChart(repository), checkExpressions(repository, os.Stdin)...)
	faults = append(faults, checkCompose(repository)...)
	faults = append(faults, checkRelease(repository)...)
	for _, fault := range faults {
		fmt.Println("FAILED:", fault)
	}
	if len(faults) > 0 {
		os.Exit(1)
	}
	fmt.Println("the chart, the alerts, the dashboard, the compose file and the settings of releases are what " +
		"their readers take")
}
