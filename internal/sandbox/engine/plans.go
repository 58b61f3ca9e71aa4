package engine

import (
	"net/http"
	"slices"
)

const (
	// startPlan can do everything but what is for Enterprise.
	startPlan = "pro"
	// EnterprisePlan can do everything.
	EnterprisePlan = "enterprise"
)

// Plans are v3's, each with all that those before it can do.
func Plans() []string {
	return []string{"free", "starter", "creator", "pro", "team", "business_plus", EnterprisePlan}
}

// OnPlan says whether the caller's plan is at least that one.
func (v *Request) OnPlan(least string) bool {
	return slices.Index(Plans(), v.Account.Plan) >= slices.Index(Plans(), least)
}

// needsPlan refuses what the caller's plan does not have.
func (v *Request) needsPlan(least string) *Error {
	if v.OnPlan(least) {
		return nil
	}
	return Refuse(http.StatusPaymentRequired, "plan_upgrade_required", "",
		"This needs the %s plan or above; yours is %s.", least, v.Account.Plan)
}
