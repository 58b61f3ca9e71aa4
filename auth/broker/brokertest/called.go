package brokertest

import (
	"context"
	"net"
	"net/http"
	"net/url"
)

// Called is the same server as people and clients see it who call it by another name, with its port
// where the name has none. Whatever the name is, it leads to the server's own address.
func (d *Deployment) Called(name string) *Deployment {
	d.T.Helper()
	u, err := url.Parse(d.URL)
	if err != nil {
		d.T.Fatal(err)
	}
	address := u.Host
	if _, _, err := net.SplitHostPort(name); err != nil {
		name += ":" + u.Port()
	}
	there := &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, to string) (net.Conn, error) {
			if to == name {
				to = address
			}
			return new(net.Dialer).DialContext(ctx, network, to)
		},
	}
	return &Deployment{
		T: d.T, Auth: d.Auth, URL: "http://" + name, HeyGen: d.HeyGen, Clock: d.Clock, Log: d.Log, Store: d.Store,
		Open: d.Open, Events: d.Events, Replicas: d.Replicas, dial: there,
		Client: &http.Client{CheckRedirect: NoRedirects, Transport: there},
	}
}
