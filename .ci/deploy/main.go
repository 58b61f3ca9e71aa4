// Command deploy checks what is in deploy/ with the code that will read it there: Helm's renderer and Kubernetes' own
// types for the chart, and Prometheus' parser for the alerts and the dashboard, whose expressions may use no metric or
// label that the server has not. It is a module of its own, so that none of this is in the program's module graph.
//
//	go run . REPOSITORY < scraped-metrics
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: deploy REPOSITORY < scraped-metrics")
		os.Exit(2)
	}
	faults := append(checkChart(os.Args[1]), checkExpressions(os.Args[1], os.Stdin)...)
	for _, fault := range faults {
		fmt.Println("FAILED:", fault)
	}
	if len(faults) > 0 {
		os.Exit(1)
	}
	fmt.Println("the chart, the alerts and the dashboard are what their readers take")
}
