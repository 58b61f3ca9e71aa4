package site

// The paths, below the issuer.
const (
	PathAuthorize   = "/oauth/authorize"
	PathToken       = "/oauth/token" //nolint:gosec // G101: a path
	PathRevoke      = "/oauth/revoke"
	PathDeviceCode  = "/oauth/device_authorization"
	PathRegister    = "/oauth/register"
	PathKeys        = "/oauth/keys"
	PathSignIn      = "/oauth/sign-in"
	PathHeyGen      = "/oauth/heygen"
	PathCallback    = "/oauth/callback"
	PathCancel      = "/oauth/cancel"
	PathConsent     = "/oauth/consent"
	PathAgain       = "/oauth/again"
	PathDevice      = "/oauth/device"
	PathFiles       = "/oauth/" // the frame's, by their names
	PathConnections = "/connections"
)
