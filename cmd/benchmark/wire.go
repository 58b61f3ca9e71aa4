package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// wire is a connection that sends prepared requests and reads answers with next to no work of its own, so that the load
// leaves the processor to who is measured.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte
}

// The sizes of what a connection reads into: the longest answers fit into the large one.
const (
	smallBuffer = 4 << 10
	largeBuffer = 64 << 10
)

func dial(ctx context.Context, address string, buffer int) (*wire, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &wire{conn: conn, in: bufio.NewReaderSize(conn, buffer)}, nil
}

// call sends one request and demands a 200 whose body has the answer.
func (w *wire) call(request []byte, answer []byte) error {
	if err := w.conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return err
	}
	if _, err := w.conn.Write(request); err != nil {
		return err
	}
	status, err := w.read()
	if err != nil {
		return err
	}
	if status != 200 || !bytes.Contains(w.body, answer) {
		return fmt.Errorf("%d %.2000s", status, w.body)
	}
	return nil
}

// read reads a response into body.
func (w *wire) read() (status int, err error) {
	length, chunked := 0, false
	for first := true; ; first = false {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch name, value, _ := bytes.Cut(line, []byte(":")); {
		case first:
			if len(line) < 12 {
				return 0, errors.New("the answer is not HTTP's")
			}
			if status, err = strconv.Atoi(string(line[9:12])); err != nil {
				return 0, err
			}
		case len(line) == 0:
			w.body = w.body[:0]
			if chunked {
				return status, w.readChunks()
			}
			return status, w.readN(length)
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(strings.TrimSpace(string(value))); err != nil {
				return 0, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
}

func (w *wire) readChunks() error {
	for {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if err := w.readN(int(n)); err != nil {
			return err
		}
		if _, err := w.in.Discard(2); err != nil || n == 0 {
			return err
		}
	}
}

// readN adds n bytes to the body.
func (w *wire) readN(n int) error {
	at := len(w.body)
	if cap(w.body) < at+n {
		w.body = append(make([]byte, 0, 2*(at+n)), w.body...)
	}
	w.body = w.body[:at+n]
	_, err := io.ReadFull(w.in, w.body[at:])
	return err
}

// driver holds the connections to one server.
type driver struct {
	wires  []*wire
	serial atomic.Int64
	others int64 // how many serial numbers there are; 0 for as many as calls
}

func newDriver(ctx context.Context, address string, clients int) (*driver, error) {
	d := new(driver)
	for range clients {
		w, err := dial(ctx, address, largeBuffer)
		if err != nil {
			return nil, err
		}
		d.wires = append(d.wires, w)
	}
	return d, nil
}

func (d *driver) close() {
	for _, w := range d.wires {
		_ = w.conn.Close()
	}
}

// next is the next serial number.
func (d *driver) next() int64 {
	n := d.serial.Add(1)
	if d.others > 0 {
		n %= d.others
	}
	return n
}

// each calls n times over all connections at once. Where a second has room for only so many calls, each waits for its
// time, and waits are what the calls took, from when they were sent.
func (d *driver) each(ctx context.Context, request []byte, answer string, n, perSecond int) (waits []time.Duration, err error) {
	all := make([][]time.Duration, len(d.wires))
	errs := make([]error, len(d.wires))
	begin := time.Now()
	var group sync.WaitGroup
	for i, w := range d.wires {
		group.Go(func() {
			own := bytes.Clone(request)
			at := bytes.Index(own, []byte(serial))
			needle := []byte(answer)
			for j := i; j < n && ctx.Err() == nil; j += len(d.wires) {
				if at >= 0 {
					copy(own[at:], fmt.Sprintf("%08d", d.next()))
				}
				if perSecond > 0 {
					time.Sleep(time.Until(begin.Add(time.Duration(j) * time.Second / time.Duration(perSecond))))
				}
				sent := time.Now()
				if errs[i] = w.call(own, needle); errs[i] != nil {
					return
				}
				if perSecond > 0 {
					all[i] = append(all[i], time.Since(sent))
				}
			}
		})
	}
	group.Wait()
	for _, some := range all {
		waits = append(waits, some...)
	}
	return waits, errors.Join(append(errs, ctx.Err())...)
}
