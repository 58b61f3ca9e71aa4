package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"sigs.k8s.io/yaml"
)

// checkExpressions parses every expression of the alerts and of the dashboard and compares the metrics and labels in it
// with those that a run of the server told.
func checkExpressions(repository string, scraped io.Reader) (faults []error) {
	known, err := readKnown(scraped)
	if err != nil {
		return []error{fmt.Errorf("the scraped metrics: %w", err)}
	}
	expressions, err := alerts(filepath.Join(repository, "deploy", "prometheus", "alerts.yaml"))
	if err != nil {
		faults = append(faults, err)
	}
	panels, err := dashboard(filepath.Join(repository, "deploy", "grafana", "dashboard.json"))
	if err != nil {
		faults = append(faults, err)
	}
	if len(expressions) < 5 || len(panels) < 5 {
		faults = append(faults, fmt.Errorf("only %d alerts and %d panels were found", len(expressions), len(panels)))
	}
	p := parser.NewParser(parser.Options{})
	for what, text := range merged(expressions, panels) {
		parsed, err := p.ParseExpr(text)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", what, err))
			continue
		}
		for _, err := range known.check(parsed) {
			faults = append(faults, fmt.Errorf("%s: %w in %s", what, err, text))
		}
	}
	return faults
}

func merged(all ...map[string]string) map[string]string {
	sum := map[string]string{}
	for _, some := range all {
		for name, text := range some {
			sum[name] = text
		}
	}
	return sum
}

// metrics are the names of the series that a server tells, with their labels.
type metrics map[string]map[string]bool

// readKnown reads them in Prometheus' format.
func readKnown(scraped io.Reader) (metrics, error) {
	text := expfmt.NewTextParser(model.UTF8Validation)
	families, err := text.TextToMetricFamilies(scraped)
	if err != nil {
		return nil, err
	}
	known := metrics{"up": {}}
	for name, family := range families {
		has := map[string]bool{}
		for _, m := range family.GetMetric() {
			for _, l := range m.GetLabel() {
				has[l.GetName()] = true
			}
		}
		known[name] = has
		if family.GetType().String() == "HISTOGRAM" {
			buckets := map[string]bool{"le": true}
			for l := range has {
				buckets[l] = true
			}
			known[name+"_bucket"], known[name+"_sum"], known[name+"_count"] = buckets, has, has
		}
	}
	return known, nil
}

// ofScrapes are the labels that Prometheus adds.
var ofScrapes = map[string]bool{"job": true, "instance": true, labels.MetricName: true}

// check compares an expression with what there is.
func (m metrics) check(e parser.Expr) (faults []error) {
	used := map[string]bool{}
	parser.Inspect(e, func(node parser.Node, _ []parser.Node) error {
		switch n := node.(type) {
		case *parser.VectorSelector:
			has, ok := m[n.Name]
			if !ok {
				faults = append(faults, fmt.Errorf("the server tells no %s", n.Name))
				return nil
			}
			for l := range has {
				used[l] = true
			}
			for _, matcher := range n.LabelMatchers {
				if !has[matcher.Name] && !ofScrapes[matcher.Name] {
					faults = append(faults, fmt.Errorf("%s has no label %s", n.Name, matcher.Name))
				}
			}
		}
		return nil
	})
	parser.Inspect(e, func(node parser.Node, _ []parser.Node) error {
		if n, ok := node.(*parser.AggregateExpr); ok {
			for _, l := range n.Grouping {
				if !used[l] && !ofScrapes[l] {
					faults = append(faults, fmt.Errorf("nothing has the label %s", l))
				}
			}
		}
		return nil
	})
	return faults
}

// alerts are the expressions of a file of rules, by their names.
func alerts(file string) (map[string]string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var rules struct {
		Groups []struct {
			Name  string `json:"name"`
			Rules []struct {
				Alert       string            `json:"alert"`
				Expr        string            `json:"expr"`
				For         string            `json:"for"`
				Labels      map[string]string `json:"labels"`
				Annotations map[string]string `json:"annotations"`
			} `json:"rules"`
		} `json:"groups"`
	}
	if err := yaml.UnmarshalStrict(raw, &rules); err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			if _, err := model.ParseDuration(r.For); err != nil || r.Annotations["summary"] == "" || r.Labels["severity"] == "" {
				return nil, fmt.Errorf("the alert %s lacks a duration, a summary or a severity", r.Alert)
			}
			all[r.Alert] = r.Expr
		}
	}
	return all, nil
}

// dashboard are the expressions of a dashboard's panels, with its variables filled in.
func dashboard(file string) (map[string]string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var d struct {
		UID    string `json:"uid"`
		Panels []struct {
			Title   string `json:"title"`
			Targets []struct {
				Expr string `json:"expr"`
			} `json:"targets"`
		} `json:"panels"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, err
	}
	if d.UID == "" {
		return nil, errors.New("the dashboard has no uid")
	}
	variable := regexp.MustCompile(`\$\{?job\}?`)
	all := map[string]string{}
	for _, p := range d.Panels {
		for i, t := range p.Targets {
			text := strings.ReplaceAll(t.Expr, "$__rate_interval", "5m")
			all[fmt.Sprintf("panel %s, %d", p.Title, i)] = variable.ReplaceAllString(text, "heygen-mcp")
		}
	}
	return all, nil
}
