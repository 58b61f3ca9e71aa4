package main

import (
	"net/url"

	"heygen-mcp/auth"
)

// broker gathers the settings of --auth broker; nil in another mode.
func (a *app) broker(cfg *config, heygenIssuer string, public *url.URL) *auth.BrokerConfig {
	if a.store == nil {
		return nil
	}
	return &auth.BrokerConfig{
		Store:           a.store,
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
		Audit:           a.watch.signIns(a.auditLog.signIns),
	}
}
