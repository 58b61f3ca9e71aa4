package signin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/words"
)

// The fields of a form in which a person says what a connection may do.
const (
	fieldAccess   = "access"
	fieldSpendCap = "spend_cap_daily"
	fieldExpires  = "expires"
)

// terms are what a person has chosen.
type terms struct {
	scopes   []string
	spendCap *int64
	expires  time.Time
}

// termsForm is what was written into the fields, and what is wrong with it.
type termsForm struct {
	access, spendCap, expires                      string
	capGiven                                       bool
	accessProblem, spendCapProblem, expiresProblem words.Text
}

func readTerms(form url.Values) termsForm {
	return termsForm{
		access:   strings.TrimSpace(form.Get(fieldAccess)),
		spendCap: strings.TrimSpace(form.Get(fieldSpendCap)), capGiven: form.Has(fieldSpendCap),
		expires: strings.TrimSpace(form.Get(fieldExpires)),
	}
}

// hasTerms says whether a form has any of the fields.
func hasTerms(form url.Values) bool {
	return form.Has(fieldAccess) || form.Has(fieldSpendCap) || form.Has(fieldExpires)
}

func (f *termsForm) wrong() bool {
	return f.accessProblem != nil || f.spendCapProblem != nil || f.expiresProblem != nil
}

// at makes terms of a form, and notes what is wrong beside each field. What was left out is as in
// standing. Access goes as far as what is offered.
func (f *termsForm) at(now time.Time, standing terms, offered []scope.Level) terms {
	chosen := standing
	if f.access != "" {
		level := scope.Level(f.access)
		switch {
		case level.Scopes() == nil:
			f.accessProblem = words.Of("terms.choose")
		case slices.Contains(offered, level):
			chosen.scopes = level.Scopes()
		default:
			chosen.scopes = offered[len(offered)-1].Scopes()
		}
	}
	if f.capGiven {
		chosen.spendCap, f.spendCapProblem = parseAmount(f.spendCap)
	}
	if f.expires != "" {
		ends, ok := parseExpires(f.expires, now)
		if chosen.expires = ends; !ok {
			f.expiresProblem = words.Of("terms.choose")
		}
	}
	return chosen
}

// The amounts that are taken, in millionths of a USD.
const (
	dollar       = 1_000_000
	mostDollars  = 1_000_000
	amountDigits = 6 // after the point
	centDigits   = 2 // after a comma, which parts thousands where three follow
)

// parseAmount reads an amount of USD as millionths; "" is nil. It is strict, since 1,500 is one
// thing here and another elsewhere; 1,50 is the same everywhere.
func parseAmount(text string) (amount *int64, problem words.Text) {
	if text == "" {
		return nil, nil
	}
	wrong := words.Of("terms.no_amount")
	text = withoutCurrency(text)
	if whole, cents, comma := strings.Cut(text, ","); comma && len(cents) <= centDigits {
		text = whole + "." + cents
	}
	whole, part, pointed := strings.Cut(text, ".")
	if whole == "" || pointed && part == "" || len(part) > amountDigits || !onlyDigits(whole+part) {
		return nil, wrong
	}
	if whole = strings.TrimLeft(whole, "0"); len(whole) > len("1000000") {
		return nil, words.Of("terms.too_much")
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", amountDigits-len(part)), 10, 64)
	if err != nil {
		return nil, wrong
	}
	if n > mostDollars*dollar {
		return nil, words.Of("terms.too_much")
	}
	return &n, nil
}

// withoutCurrency is an amount without the name or the sign of the one currency that there is.
func withoutCurrency(text string) string {
	upper := strings.ToUpper(text)
	for _, sign := range []string{"US$", "USD", "$"} {
		if rest, ok := strings.CutPrefix(upper, sign); ok {
			return strings.TrimSpace(rest)
		}
		if rest, ok := strings.CutSuffix(upper, sign); ok {
			return strings.TrimSpace(rest)
		}
	}
	return text
}

func onlyDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// amountText is an amount as people write it, with as many digits as it needs and two at least where there are cents.
func amountText(n int64) string {
	text := strconv.FormatFloat(float64(n)/dollar, 'f', -1, 64)
	if _, part, pointed := strings.Cut(text, "."); pointed && len(part) == 1 {
		text += "0"
	}
	return text
}

// capText is a cap as the field has it, "" for none.
func capText(most *int64) string {
	if most == nil {
		return ""
	}
	return amountText(*most)
}

// inUSD is an amount in a sentence.
func inUSD(n int64) words.Text {
	return words.Figure(strconv.FormatFloat(float64(n)/dollar, 'f', 2, 64) + " USD")
}

// The choices of an end.
const (
	inMonth   = "30d"
	inQuarter = "90d"
	never     = "never"
)

const dayLong = 24 * time.Hour

// parseExpires reads when a connection ends; zero is never.
func parseExpires(text string, now time.Time) (ends time.Time, ok bool) {
	switch strings.TrimSuffix(text, "d") {
	case "30":
		return now.Add(30 * dayLong), true
	case "90":
		return now.Add(90 * dayLong), true
	case never:
		return time.Time{}, true
	}
	return time.Time{}, false
}

// levelChoices are the levels to choose from.
func levelChoices(offered []scope.Level, checked scope.Level) []pages.Choice {
	var all []pages.Choice
	for i, l := range offered {
		text := addedText(l)
		if i > 0 {
			text = words.Of("level.also_" + string(l))
		}
		all = append(all, pages.Choice{Value: string(l), Label: levelText(l), Text: text, Checked: l == checked})
	}
	return all
}

// endChoices are the ends to choose from.
func endChoices(now time.Time, checked string) []pages.Choice {
	switch strings.TrimSuffix(checked, "d") {
	case "30":
		checked = inMonth
	case "90":
		checked = inQuarter
	}
	until := func(days time.Duration) words.Text {
		return words.Of("terms.until", "Day", words.Day(now.Add(days*dayLong)))
	}
	return []pages.Choice{
		{Value: inMonth, Label: words.Of("terms.month"), Text: until(30), Checked: checked == inMonth},
		{Value: inQuarter, Label: words.Of("terms.quarter"), Text: until(90), Checked: checked == inQuarter},
		{Value: never, Label: words.Of("terms.never"), Checked: checked == never},
	}
}

// endOf is the choice that made a grant's end.
func endOf(g store.Grant) string {
	switch g.Expires.Sub(g.Created) {
	case 30 * dayLong:
		return inMonth
	case 90 * dayLong:
		return inQuarter
	}
	return never
}
