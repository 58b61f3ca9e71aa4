package dial

import (
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"code.dny.dev/ssrf"
)

// TestOnlyPublicAddresses is what stands between a stranger's URL and the operator's network.
func TestOnlyPublicAddresses(t *testing.T) {
	t.Parallel()
	for _, ip := range []string{
		"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
		"::ffff:10.0.0.1", "169.254.169.254", "fe80::1", "fd00:ec2::254", "100.64.0.1", "192.0.0.170", "198.18.0.1", "224.0.0.1", "ff02::1",
		"4000::1", "1000::1", "e000::1", "2620:4f:8000::1", "192.31.196.1", "192.52.193.1", "192.175.48.1", "3fff::1",
		"255.255.255.255", "240.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::", "2001:db8::1", "fec0::1", "::10.0.0.1", "64:ff9b:1::1",
	} {
		if IsPublic(netip.MustParseAddr(ip)) {
			t.Errorf("%s passes for public", ip)
		}
	}
	for _, ip := range []string{"1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"} {
		if !IsPublic(netip.MustParseAddr(ip)) {
			t.Errorf("%s is public", ip)
		}
	}
	for address, want := range map[string]bool{"1.1.1.1:443": true, "1.1.1.1:80": false, "127.0.0.1:443": false, "x": false} {
		if err := (Guard{}).Check("tcp4", address); (err == nil) != want {
			t.Errorf("%s: got %v, want success %v", address, err, want)
		}
	}
}

// TestAddressesAgainstAnotherList holds the ranges to those of a package that keeps IANA's
// registries: at the ends of each of its ranges, one address beyond them, and at random.
func TestAddressesAgainstAnotherList(t *testing.T) {
	t.Parallel()
	guardian := ssrf.New()
	var ips []netip.Addr
	for _, p := range append(append(slices.Clone(ssrf.IPv4DeniedPrefixes), ssrf.IPv6DeniedPrefixes...), ssrf.IPv6GlobalUnicast) {
		first, last := p.Addr(), lastOf(p)
		ips = append(ips, first, last, first.Prev(), last.Next())
	}
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // G404: the same addresses each time
	for range 20000 {
		var four [4]byte
		var six [16]byte
		binary.BigEndian.PutUint32(four[:], random.Uint32())
		binary.BigEndian.PutUint64(six[:], random.Uint64())
		binary.BigEndian.PutUint64(six[8:], random.Uint64())
		ips = append(ips, netip.AddrFrom4(four), netip.AddrFrom16(six))
		six[0] = 0x20 | six[0]&0x1f // of 2000::/3
		ips = append(ips, netip.AddrFrom16(six))
	}
	for _, ip := range ips {
		if ip.IsValid() && !ip.Is4In6() && IsPublic(ip) != (guardian.SafeAddr(ip) == nil) {
			t.Errorf("%s: public is %v, want the other", ip, IsPublic(ip))
		}
	}
}

// lastOf is the last address of a prefix.
func lastOf(p netip.Prefix) netip.Addr {
	raw := p.Masked().Addr().AsSlice()
	for i := p.Bits(); i < len(raw)*8; i++ {
		raw[i/8] |= 0x80 >> (i % 8)
	}
	ip, _ := netip.AddrFromSlice(raw)
	return ip
}

// TestLoopback holds that one port of this machine is let through where the guard names it, and nothing
// else with it.
func TestLoopback(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"127.0.0.1:8081": true, "127.1.2.3:8081": true, "[::1]:8081": true, "[::ffff:127.0.0.1]:8081": true,
		"127.0.0.1:8082": false, "127.0.0.1:443": false, "10.0.0.1:8081": false, "1.1.1.1:8081": false, "1.1.1.1:443": true,
	} {
		if err := (Guard{LoopbackPort: 8081}).Check("tcp4", address); (err == nil) != want {
			t.Errorf("%s: got %v, want it let through: %v", address, err, want)
		}
	}
	if err := (Guard{}).Check("tcp4", "127.0.0.1:0"); err == nil {
		t.Error("port 0 was let through where no port is named")
	}
}
