package refusals

// The pages that a next step sends a user to.
const (
	BillingPage = billingPage
	KeysPage    = keysPage
)
