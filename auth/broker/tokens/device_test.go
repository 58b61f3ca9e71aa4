package tokens_test

import (
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

// TestADeviceIsAnsweredOnce holds that of two browsers that agree, the first has answered.
func TestADeviceIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client, _ := d.Register(`{"grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`)
		begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}})
		one, two := d.Person(), d.Person()
		for _, p := range []*brokertest.Person{one, two} {
			p.Open("/oauth/device")
			p.Submit("user_code", begun.Text("user_code"))
			p.Submit("api_key", "sk_sandbox_mia")
		}
		one.Submit("action", "agree")
		two.Submit("action", "agree")
		if !strings.Contains(one.Page.Body, "Connected") || strings.Contains(two.Page.Body, "Connected") || two.Page.Status != 400 {
			d.T.Errorf("the second answer: %d %s", two.Page.Status, two.Page.Body)
		}
	})
}
