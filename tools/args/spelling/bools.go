package spelling

import (
	"encoding/json"
	"strings"
)

// Bool reads the words and numbers that stand for true and false.
func Bool(v any) any {
	var word string
	switch t := v.(type) {
	case string:
		word = strings.ToLower(Narrow(strings.TrimRight(Trim(t), ".!")))
	case json.Number:
		word = strings.TrimSuffix(t.String(), ".0")
	default:
		if IsEmpty(v) {
			return nil
		}
		return v
	}
	switch word {
	case "true", "1", "1.0", "yes", "on", "y", "t", "enabled", "enable", "ja", "oui", "sí", "si", "sì", "sim", "да", "是", "はい", "예":
		return true
	case "false", "0", "0.0", "no", "off", "n", "f", "disabled", "disable", "nein", "non", "não", "nao", "нет", "否", "いいえ", "아니요":
		return false
	case "":
		return nil
	}
	return v
}
