package signin

import (
	"net/url"

	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/internal/words"
)

// knownAs is what a page calls a client that is known and not from the settings: by the name of
// this server's list, or else by the host that the operator allowed, since its own name is no more
// than its word.
func knownAs(name, host string) string {
	if name != "" {
		return name
	}
	return host
}

// clientView is how a page shows who asks. What a client says of itself is its name alone; whether
// this server knows it follows from where the code goes.
func clientView(policy clients.Policy, f flows.Flow) pages.Client {
	static := f.Client.Source == clients.Static
	c := pages.Client{Name: f.Client.ShownName(), Known: static, Device: f.Device != nil,
		Like: policy.Resembles(*f.Client, f.Redirect)}
	if u, err := url.Parse(f.Client.ID); err == nil && f.Client.Source == clients.Document {
		c.Host = u.Host
	}
	if static && c.Name == "" {
		c.Name = f.Client.ID
	}
	u, err := url.Parse(f.Redirect)
	if c.Device || err != nil {
		return c
	}
	switch class := policy.Class(*f.Client, f.Redirect); {
	case class != clients.Local:
		c.Place, c.Known = words.Verbatim(u.Host), class == clients.Known
		if c.Host == "" {
			c.Host = u.Host
		}
		name := knownAs(policy.KnownName(*f.Client, f.Redirect), u.Host)
		if c.Known && !static && name != c.Name {
			c.Name, c.Also = name, c.Name
		}
	default:
		c.Local, c.Place = true, localPlace(f.Redirect, u)
	}
	return c
}

// localPlace is where a redirect URI leads that is of this computer.
func localPlace(redirect string, u *url.URL) words.Text {
	switch {
	case clients.Forwarded(redirect):
		return words.Of("place.through", "Host", u.Host)
	case u.Scheme == "http" || u.Scheme == "https":
		return words.Of("place.local", "Host", u.Host)
	}
	return words.Of("place.scheme", "Scheme", u.Scheme)
}

// listedPlace is the place of a grant, which stores it in English.
func listedPlace(stored, redirect string) words.Text {
	might := []words.Text{words.Of("place.device")}
	if u, err := url.Parse(redirect); err == nil {
		might = append(might, localPlace(redirect, u))
	}
	for _, place := range might {
		if place.String() == stored {
			return place
		}
	}
	return words.Verbatim(stored)
}

// listedName is the name of a grant's client, which stores in English that it has none.
func listedName(stored string) words.Text {
	if none := words.Of("named.listed"); none.String() == stored {
		return none
	}
	return words.Verbatim(stored)
}

// shownAs is the name under which a list shows a client.
func shownAs(c pages.Client) string {
	switch {
	case c.Also != "" && words.English().Say(c.Place) == c.Name:
		return c.Also // the place stands beside it
	case c.Name != "":
		return c.Name
	case c.Host != "":
		return c.Host
	}
	return words.Of("named.listed").String()
}
