package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

// needed are the values without which the chart is refused.
func needed() map[string]any {
	return map[string]any{
		"image": map[string]any{"repository": "registry.example.com/heygen-mcp"}, "publicURL": "https://mcp.example.com",
		"existingSecret": "heygen-mcp",
	}
}

// checkChart renders the chart as little and as much as it can be, and reads every object by its type, in which no
// member is unknown.
func checkChart(repository string) (faults []error) {
	everything := needed()
	for _, part := range []string{"ingress", "autoscaling", "serviceMonitor"} {
		everything[part] = map[string]any{"enabled": true, "labels": map[string]any{"release": "prometheus"},
			"annotations": map[string]any{"a": "b"}, "className": "nginx", "tlsSecret": "tls"}
	}
	everything["env"] = map[string]any{"HEYGEN_MCP_SPEND_CAP_DAILY": "50"}
	everything["trustedProxies"] = []any{"10.0.0.0/8"}
	for name, c := range map[string]struct {
		values map[string]any
		kinds  []string
	}{
		"little": {needed(), []string{"Deployment", "Service", "Service", "PodDisruptionBudget"}},
		"everything": {everything, []string{"Deployment", "Service", "Service", "PodDisruptionBudget",
			"HorizontalPodAutoscaler", "Ingress", "ServiceMonitor"}},
	} {
		rendered, err := render(repository, c.values)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
			continue
		}
		found := map[string]int{}
		for file, text := range rendered {
			for _, one := range strings.Split(text, "\n---\n") {
				if strings.TrimSpace(one) == "" {
					continue
				}
				kind, err := readObject(one)
				if err != nil {
					faults = append(faults, fmt.Errorf("%s: %s: %w\n%s", name, file, err, one))
				}
				found[kind]++
			}
		}
		for _, kind := range c.kinds {
			if found[kind]--; found[kind] < 0 {
				faults = append(faults, fmt.Errorf("%s: there is no %s", name, kind))
			}
		}
	}
	if _, err := render(repository, map[string]any{}); err == nil {
		faults = append(faults, fmt.Errorf("the chart is taken without an image, a public URL or secrets"))
	}
	return faults
}

// render is the chart's objects with values.
func render(repository string, values map[string]any) (map[string]string, error) {
	c, err := loader.Load(filepath.Join(repository, "deploy", "helm"))
	if err != nil {
		return nil, err
	}
	release := chartutil.ReleaseOptions{Name: "films", Namespace: "default", Revision: 1, IsInstall: true}
	all, err := chartutil.ToRenderValues(c, values, release, nil)
	if err != nil {
		return nil, err
	}
	return engine.Render(c, all)
}

// readObject reads an object by its type and gives its kind.
func readObject(text string) (kind string, err error) {
	var about struct {
		Kind string `json:"kind"`
	}
	if err := yaml.Unmarshal([]byte(text), &about); err != nil {
		return "", err
	}
	var into any
	switch about.Kind {
	case "Deployment":
		into = &appsv1.Deployment{}
	case "Service":
		into = &corev1.Service{}
	case "Ingress":
		into = &networkingv1.Ingress{}
	case "PodDisruptionBudget":
		into = &policyv1.PodDisruptionBudget{}
	case "HorizontalPodAutoscaler":
		into = &autoscalingv2.HorizontalPodAutoscaler{}
	case "ServiceMonitor": // of Prometheus' operator, whose types are not here
		into = &map[string]any{}
	default:
		return about.Kind, fmt.Errorf("the kind %q is not known", about.Kind)
	}
	if err := yaml.UnmarshalStrict([]byte(text), into); err != nil {
		return about.Kind, err
	}
	if d, ok := into.(*appsv1.Deployment); ok {
		return about.Kind, checkDeployment(d)
	}
	return about.Kind, nil
}

// checkDeployment holds what types do not say.
func checkDeployment(d *appsv1.Deployment) error {
	c := d.Spec.Template.Spec.Containers[0]
	if c.LivenessProbe == nil || c.ReadinessProbe == nil || c.StartupProbe == nil {
		return fmt.Errorf("a probe is missing")
	}
	for name, value := range d.Spec.Selector.MatchLabels {
		if d.Spec.Template.Labels[name] != value {
			return fmt.Errorf("the selector %s=%s selects nothing", name, value)
		}
	}
	volumes := map[string]bool{}
	for _, v := range d.Spec.Template.Spec.Volumes {
		volumes[v.Name] = true
	}
	for _, m := range c.VolumeMounts {
		if !volumes[m.Name] {
			return fmt.Errorf("the volume %s is mounted and not there", m.Name)
		}
	}
	seen := map[string]bool{}
	for _, e := range c.Env {
		if seen[e.Name] || !bytes.HasPrefix([]byte(e.Name), []byte("HEYGEN_")) {
			return fmt.Errorf("the variable %s is given twice, or none of this server's", e.Name)
		}
		seen[e.Name] = true
	}
	return nil
}
