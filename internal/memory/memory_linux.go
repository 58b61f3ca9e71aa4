package memory

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// forgetProgram lets go of the pages of the program file that the start has touched and serving may never need: some 30
// MB, three times what the process holds of its own. They stay in the system's cache, from where a page comes back
// within microseconds when it is used. Where the system does not say which pages these are, they stay.
func forgetProgram() {
	program, err := os.Executable()
	if err != nil {
		return
	}
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	for _, p := range cleanParts(smaps, program) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, p.from, p.to-p.from, syscall.MADV_DONTNEED)
	}
}

// mapping is a part of the process's memory, from its first byte to the one behind its last.
type mapping struct{ from, to uintptr }

// cleanParts finds what of a process's memory is the program file as it is: it cannot be written to, and the linker has
// written nothing to it, so that the file has all of it. smaps is as proc_pid_smaps(5) describes it.
func cleanParts(smaps []byte, program string) []mapping {
	var clean []mapping
	var last *mapping // the part that lines speak of, nil where it is not the program's
	for lines := bufio.NewScanner(bytes.NewReader(smaps)); lines.Scan(); {
		line := lines.Text()
		var p mapping
		var access string
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &p.from, &p.to, &access); n == 3 {
			last = nil
			if strings.HasSuffix(line, " "+program) && !strings.Contains(access, "w") {
				last = &p
			}
			continue
		}
		if size, ok := strings.CutPrefix(line, "Anonymous:"); ok && last != nil && strings.TrimSpace(size) == "0 kB" {
			clean = append(clean, *last)
		}
	}
	return clean
}
