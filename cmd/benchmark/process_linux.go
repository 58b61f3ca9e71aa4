package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// process is a server that is measured from outside.
type process struct {
	cmd   *exec.Cmd
	url   string
	start time.Duration // from its start until it said where it is
}

// startProcess starts a program on some processors, and reads where it serves from the first line that find takes.
func startProcess(ctx context.Context, on unix.CPUSet, find func(line string) string, env []string, program string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, program, args...) //nolint:gosec // G204: it is our list of servers
	cmd.Env = append(os.Environ(), env...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	out, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = write, write
	begun := time.Now()
	if err := startOn(on, cmd); err != nil {
		return nil, err
	}
	_ = write.Close()
	p := &process{cmd: cmd}
	lines := bufio.NewScanner(out)
	var said []string
	for lines.Scan() {
		if p.url = find(lines.Text()); p.url != "" {
			p.start = time.Since(begun)
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return p, nil
		}
		said = append(said, lines.Text())
	}
	return nil, fmt.Errorf("%s %s did not start: %s", program, strings.Join(args, " "), strings.Join(said, "\n"))
}

// startOn starts a program on some processors: it inherits them from the thread that starts it.
func startOn(on unix.CPUSet, cmd *exec.Cmd) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var before unix.CPUSet
	if err := unix.SchedGetaffinity(0, &before); err != nil {
		return err
	}
	if err := unix.SchedSetaffinity(0, &on); err != nil {
		return err
	}
	return errors.Join(cmd.Start(), unix.SchedSetaffinity(0, &before))
}

// allProcessors are those that this process may use.
func allProcessors() (all unix.CPUSet, err error) {
	err = unix.SchedGetaffinity(0, &all)
	return all, err
}

// processors are one for who is measured, and the others, which are the same where there is only one.
func processors() (measured, others unix.CPUSet, err error) {
	all, err := allProcessors()
	if err != nil {
		return measured, others, err
	}
	for i := range 1024 {
		switch {
		case !all.IsSet(i):
		case measured.Count() == 0:
			measured.Set(i)
		default:
			others.Set(i)
		}
	}
	if others.Count() == 0 {
		others = measured
	}
	return measured, others, nil
}

// processorTime is what a process has used, in nanoseconds, all of its threads and the kernel's work for it.
func (p *process) processorTime() (time.Duration, error) {
	// The clock of another process, as clock_getcpuclockid(3) makes it.
	clock := int32(^p.cmd.Process.Pid)<<3 | 2 //nolint:gosec // G115: a process id has 22 bits
	var t unix.Timespec
	if err := unix.ClockGettime(clock, &t); err != nil {
		return 0, fmt.Errorf("the processor time of %d: %w", p.cmd.Process.Pid, err)
	}
	return time.Duration(t.Nano()), nil
}

// ticks count the hundredths of a second that a process was found at work by the clock's interrupt, and those of them
// in the kernel: a sample, where processorTime is exact.
type ticks struct{ own, kernel float64 }

// since is the part that the kernel had since earlier ones, 0 to 1.
func (t ticks) since(earlier ticks) float64 {
	own, kernel := t.own-earlier.own, t.kernel-earlier.kernel
	return kernel / max(own+kernel, 1)
}

// ticks are those of a process until now, from proc_pid_stat(5).
func (p *process) ticks() (t ticks, err error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return t, err
	}
	_, behindName, _ := strings.Cut(string(raw), ") ") // utime and stime are the 12th and 13th behind it
	fields := strings.Fields(behindName)
	if len(fields) < 13 {
		return t, errors.New("stat has no times")
	}
	t.own, err = strconv.ParseFloat(fields[11], 64)
	if err != nil {
		return t, err
	}
	t.kernel, err = strconv.ParseFloat(fields[12], 64)
	return t, err
}

// resident is the memory that a process has, in bytes.
func (p *process) resident() (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(raw))
	if len(fields) < 2 {
		return 0, errors.New("statm has no resident size")
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize()), err
}

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}
