package main

import (
	"context"

	"heygen-mcp/auth"
)

// broker opens the store of --auth broker and gathers its settings; nil in another mode.
func (a *app) broker(ctx context.Context, cfg *config, heygenIssuer string) (_ *auth.BrokerConfig, err error) {
	if auth.Mode(cfg.Auth) != auth.Broker {
		return nil, nil
	}
	if a.store, err = auth.OpenStore(ctx, a.database); err != nil {
		return nil, err
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
		Activity:        activity(cfg, a.ledger),
		AccessLifetime:  cfg.AccessLifetime,
		RefreshLifetime: cfg.RefreshLifetime,
		Audit:           a.auditLog.signIns,
	}, nil
}
