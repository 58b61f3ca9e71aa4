package engine

import (
	"net/http"
	"testing"
)

func TestPlansSayWhatThereIs(t *testing.T) {
	t.Parallel()
	s, v := newTestRequest(t)
	if apiErr := v.needsPlan("pro"); apiErr != nil {
		t.Error(apiErr.Message)
	}
	v.Account.Plan = "creator"
	if apiErr := v.needsPlan("pro"); apiErr == nil || apiErr.Status != http.StatusPaymentRequired || apiErr.Code != "plan_upgrade_required" {
		t.Errorf("got %+v, want apiErr not nil, %v and %q", apiErr, http.StatusPaymentRequired, "plan_upgrade_required")
	}
	v.Account.Plan = EnterprisePlan
	for n := range 21 {
		apiErr := s.Begin(v, &Job{Kind: chores(true)}, 10)
		if (apiErr != nil) != (n == 20) {
			t.Fatalf("job %d: %+v", n, apiErr)
		}
	}
}
