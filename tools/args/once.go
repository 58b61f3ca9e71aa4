package args

import (
	"fmt"
	"strings"
)

// once leaves of the members of lists with the tag once those that mean something of their own:
// what was sent twice is made once. It gives, for each member that was sent, its place among those
// that are left; nil where all are. At most one list of an input has the tag.
func (p *InputSpec) once(canonical map[string]any) (places []int, note string) {
	for i := range p.Fields {
		f := &p.Fields[i]
		list, ok := canonical[f.Name].([]any)
		if !f.Once || !ok {
			continue
		}
		var kept []any
		var twice []string
		first, one := map[string]int{}, f.member()
		var firstAt []int // of each that is kept
		for at, m := range list {
			raw, err := Encode(one.meaning(m))
			if err != nil {
				return nil, ""
			}
			place, again := first[string(raw)]
			if !again {
				place = len(kept)
				first[string(raw)] = place
				kept, firstAt = append(kept, m), append(firstAt, at)
			} else {
				said := fmt.Sprintf("%[1]s[%[2]d] equals %[1]s[%[3]d]", f.Name, at, firstAt[place])
				twice = append(twice, said)
			}
			places = append(places, place)
		}
		if len(twice) == 0 {
			return nil, ""
		}
		canonical[f.Name] = kept
		if more := len(twice) - maxNotes; more > 0 {
			twice = append(twice[:maxNotes], fmt.Sprintf("%d more", more))
		}
		return places, strings.Join(twice, ", ") + "; what is equal in everything is made once. " +
			"made_as tells of each that was sent which of those made it is, from 0."
	}
	return nil, ""
}
