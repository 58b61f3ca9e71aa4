package tools

// pageToken is the cursor and the form, which every list takes.
type pageToken struct {
	Token  *string `json:"token" in:"query" obvious:"true" doc:"next_token of the page before."`
	Detail *string `json:"detail" in:"-" enum:"concise,full" default:"concise" obvious:"true" doc:"full: every field of v3."`
}

// page50 is the page of the lists that v3 bounds at 50.
type page50 struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"50" default:"20" obvious:"true" doc:"Items a page."`
	pageToken
}

// page is what a list answers.
type page struct {
	Items     []any  `json:"items"`
	Count     int    `json:"count"`
	HasMore   bool   `json:"has_more"`
	NextToken string `json:"next_token"`
}
