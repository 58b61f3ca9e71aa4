package tools

import (
	"context"
	"errors"
	"net/http"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// createConsentOp asks a person for their consent, getGroupOp shows whether they have given it.
func createConsentOp() heygen.Op {
	return heygen.Op{Method: "POST", Path: "/v3/avatars/{group_id}/consent", Key: true}
}

func getGroupOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/avatars/{group_id}"} }

// createConsent asks for a consent, and says where there is nothing left to consent to: HeyGen only
// tells of a conflict.
func createConsent(
	ctx context.Context, c *engine.Call, in *createConsentInput,
) (*engine.Result[avatarConsent], error) {
	r, err := engine.Fetch[avatarConsent](ctx, c, createConsentOp(), in)
	refused, ok := errors.AsType[*heygen.Error](err)
	if !ok || refused.Status != http.StatusConflict || refused.Retryable {
		return r, err
	}
	group, unread := c.Engine().Do(ctx, getGroupOp(), &in.groupID)
	if unread != nil {
		return nil, err
	}
	given := *refusals.From(err, refusals.Attempt{})
	switch status := engine.View[consented](group).Status; status {
	case "pending":
		return nil, err
	case "":
		given.Message = "This avatar needs no consent."
	default:
		given.Message = "The person shown has been asked before: consent_status is " + plainStatus(status) + "."
	}
	given.NextStep = "Nothing is left to ask for: make videos of the looks that list_avatar_looks " +
		"shows with this group_id. get_avatar_group has consent_status."
	return nil, &given
}

// consented is what is read of an avatar.
type consented struct {
	Status string `json:"consent_status"`
}

// plainStatus is a status if it is one of those that HeyGen is known to give.
func plainStatus(status string) string {
	if status == "approved" || status == "accepted" {
		return status
	}
	return "no longer pending"
}
