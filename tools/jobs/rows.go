package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/vocabulary"
)

const (
	// stateUnknown is the state of an id that HeyGen does not know: it says nothing of a job.
	stateUnknown = "unknown"
	// maxTextChars is how much of a title or of HeyGen's words a row has, maxShortChars how much where
	// the rows would not fit otherwise, in characters.
	maxTextChars, maxShortChars = 200, 60
	// roomForRest is what of the room of a result the rows leave for what is said about them.
	roomForRest = 1_500
)

// inRows are the jobs in rows, each group in the order asked for. They have room together: cut is how
// many are told by id and state alone for want of it. Nothing is cut in the middle of a link.
func (j *Jobs) inRows(ctx context.Context, s *jobStates) (done, pending, asking, unknown []any, cut int) {
	costs := j.costsOf(ctx, s.done)
	mixed := s.isMixed()
	var rows []map[string]any
	in := func(group []*job) []any {
		var told []any
		for _, one := range group {
			row := one.row()
			if usd, ok := costs[one.jobRef]; ok {
				row["cost_usd"] = usd
			}
			if mixed && one.kind != nil {
				row["kind"] = one.kind.Name
			}
			rows, told = append(rows, row), append(told, row)
		}
		return told
	}
	done, pending, asking, unknown = orEmpty(in(s.done)), orEmpty(in(s.pending)), in(s.needsUser), in(s.unknown)
	return done, pending, asking, unknown, fitRows(rows, engine.MaxListChars-roomForRest)
}

// isMixed reports whether jobs of several kinds are told of.
func (s *jobStates) isMixed() bool {
	var first *Kind
	for _, one := range slices.Concat(s.done, s.pending, s.needsUser) {
		if first == nil {
			first = one.kind
		}
		if one.kind != first {
			return true
		}
	}
	return false
}

// kind is what the jobs are, "" where none is known.
func (s *jobStates) kind() string {
	for _, one := range slices.Concat(s.done, s.pending, s.needsUser) {
		return one.kind.Name
	}
	return ""
}

// costsOf is what finished jobs have cost, as far as somebody knows.
func (j *Jobs) costsOf(ctx context.Context, done []*job) map[jobRef]float64 {
	costs := map[jobRef]float64{}
	if j.costs == nil {
		return costs
	}
	ids := map[*Kind][]string{}
	for _, one := range done {
		ids[one.kind] = append(ids[one.kind], one.id)
	}
	for k, of := range ids {
		for id, usd := range j.costs(ctx, k.Name, of) {
			costs[jobRef{k, id}] = usd
		}
	}
	return costs
}

// row is what a wait for several tells of one.
func (o *job) row() map[string]any {
	row := map[string]any{"id": o.id}
	if o.told["status"] == notFound {
		row["state"] = stateUnknown
		copyMembers(row, o.told, "error", "heygen_message", "kind", "next_step")
		return row
	}
	copyMembers(row, o.told, "status", "state", "asks", "question", "resource_ids", "group_id")
	whole := o.full
	if whole == nil {
		whole = o.told
	}
	for _, name := range []string{"title", "name"} {
		if title, _ := whole[name].(string); title != "" && row["title"] == nil {
			row["title"] = clip(title, maxTextChars)
		}
	}
	copyMembers(row, whole, o.kind.Tells...)
	if o.state() != vocabulary.Done {
		copyMembers(row, o.told, "progress")
		o.tellFailure(row, whole)
		return row
	}
	copyMembers(row, whole, "next_step", "page_url")
	main := whole
	if o.kind.Main != nil {
		main = o.kind.Main(whole)
	}
	copyMembers(row, main, o.kind.Tells...)
	for _, name := range o.kind.Files {
		if link, _ := main[name].(string); link != "" {
			row[name] = link
			break
		}
	}
	for _, name := range []string{"duration", "duration_seconds", "output_duration"} {
		if seconds, ok := main[name].(json.Number); ok {
			row["duration_seconds"] = seconds
			break
		}
	}
	width, height := sizeOf(main)
	if width > 0 && height > 0 {
		row["width"], row["height"] = width, height
	}
	return row
}

// tellFailure adds to a row why a job failed, in short, and what to do about it.
func (o *job) tellFailure(row, whole map[string]any) {
	copyMembers(row, whole, "next_step")
	for _, name := range []string{"failure_code", "failure_reason", "failure_message", "error_message", "error", "heygen_message"} {
		switch v := whole[name].(type) {
		case string:
			row[name] = clip(v, maxTextChars)
		case map[string]any:
			code, _ := v["code"].(string)
			message, _ := v["message"].(string)
			row[name] = map[string]any{"code": clip(code, maxTextChars), "message": clip(message, maxTextChars)}
		}
	}
}

// copyMembers copies the members of those names that are there.
func copyMembers(to, from map[string]any, names ...string) {
	for _, name := range names {
		if v, ok := from[name]; ok && v != nil {
			to[name] = v
		}
	}
}

// sizeOf is the width and the height of a picture in pixels, 0 where HeyGen does not tell them: by
// themselves, or by the resolution and the aspect ratio that were asked for.
func sizeOf(main map[string]any) (width, height int64) {
	for _, of := range []string{"", "image_"} {
		w, okW := main[of+"width"].(json.Number)
		h, okH := main[of+"height"].(json.Number)
		if okW && okH {
			width, _ = w.Int64()
			height, _ = h.Int64()
			return width, height
		}
	}
	resolution, _ := main["resolution"].(string)
	ratio, _ := main["aspect_ratio"].(string)
	short := map[string]int64{"720p": 720, "1080p": 1080, "4k": 2160}[strings.ToLower(resolution)]
	left, right, _ := strings.Cut(ratio, ":")
	w, errW := strconv.ParseInt(left, 10, 64)
	h, errH := strconv.ParseInt(right, 10, 64)
	if short == 0 || errW != nil || errH != nil || w <= 0 || h <= 0 {
		return 0, 0
	}
	if w >= h {
		return short * w / h, short
	}
	return short, short * h / w
}

// clip shortens a text.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// fitRows makes rows fit a room, in characters, and gives how many were cut to id and state. First all
// texts are shortened alike; then the longest rows are cut, and of equally long ones the last.
func fitRows(rows []map[string]any, room int) (cut int) {
	if lengthOf(rows) <= room {
		return 0
	}
	for _, row := range rows {
		for name, v := range row {
			text, isText := v.(string)
			if isText && !isLink(text) && name != "id" {
				row[name] = clip(text, maxShortChars)
			}
		}
	}
	if lengthOf(rows) <= room {
		return 0
	}
	left := room
	lengths := make([]int, len(rows))
	order := make([]int, len(rows))
	for i, row := range rows {
		least := lengthOf([]map[string]any{leastOf(row)})
		lengths[i], order[i] = lengthOf([]map[string]any{row})-least, i
		left -= least
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(lengths[a], lengths[b]) })
	for _, i := range order {
		if lengths[i] <= left {
			left -= lengths[i]
			continue
		}
		least := leastOf(rows[i])
		clear(rows[i])
		copyMembers(rows[i], least, "id", "kind", "state")
		cut++
	}
	return cut
}

// leastOf is what is left of a row that is cut.
func leastOf(row map[string]any) map[string]any {
	least := map[string]any{}
	copyMembers(least, row, "id", "kind", "state")
	return least
}

// isLink reports whether a text is a link, which is good whole or not at all.
func isLink(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// lengthOf is how many characters rows have as they are answered.
func lengthOf(rows []map[string]any) (n int) {
	for _, row := range rows {
		raw, err := jsonwrite.Marshal(row)
		if err != nil {
			continue
		}
		n += len(raw) + 1
	}
	return n
}
