package app

import (
	"net/url"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/settings"
)

// broker gathers the settings of --auth broker; nil in another mode.
func (a *App) broker(cfg *settings.Config, heygenIssuer string, public *url.URL) *auth.BrokerConfig {
	if a.Store == nil {
		return nil
	}
	return &auth.BrokerConfig{
		Store:           a.Store,
		HeyGenIssuer:    heygenIssuer,
		HeyGenClient:    cfg.HeyGenClientID,
		Clients:         cfg.Clients,
		RedirectHosts:   cfg.RedirectHosts,
		OmitIssuer:      cfg.OmitIssuer,
		NoDevices:       cfg.NoDeviceGrant,
		SpendCap:        int64(operatorCap(cfg)),
		Activity:        activity(cfg, a.ledger, public),
		AccessLifetime:  cfg.AccessLifetime,
		RefreshLifetime: cfg.RefreshLifetime,
		Audit:           a.watch.SignIns(a.AuditLog.SignIns),
	}
}
