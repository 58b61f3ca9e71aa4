package seal

import (
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"fmt"
)

const (
	boxPurpose  = "heygen-mcp/seal/box-private/v1"
	ownPurpose  = "heygen-mcp/seal/box-shared/v1"
	publicBytes = 32 // of an X25519 public key
)

// PublicOf is the public half of the key pair that a secret gives. Whoever has it can lock something for the holder
// of the secret, and open nothing. The device flow needs it: the browser that agrees never learns the device's code.
func PublicOf(secret string) ([]byte, error) {
	private, err := privateOf(secret)
	if err != nil {
		return nil, err
	}
	return private.PublicKey().Bytes(), nil
}

// To encrypts for the holder of the secret behind a public key.
func To(public, plain []byte, belongs ...string) ([]byte, error) {
	to, err := ecdh.X25519().NewPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("seal: the public key: %w", err)
	}
	once, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	key, err := sharedKey(once, to, once.PublicKey(), to)
	if err != nil {
		return nil, err
	}
	sealed, err := key.Seal(plain, belongs...)
	if err != nil {
		return nil, err
	}
	return append(once.PublicKey().Bytes(), sealed...), nil
}

// OpenWith opens what To made for the public half of the secret.
func OpenWith(secret string, sealed []byte, belongs ...string) ([]byte, error) {
	if len(sealed) < publicBytes {
		return nil, errClosed
	}
	private, err := privateOf(secret)
	if err != nil {
		return nil, err
	}
	once, err := ecdh.X25519().NewPublicKey(sealed[:publicBytes])
	if err != nil {
		return nil, errClosed
	}
	key, err := sharedKey(private, once, once, private.PublicKey())
	if err != nil {
		return nil, err
	}
	return key.Open(sealed[publicBytes:], belongs...)
}

func privateOf(secret string) (*ecdh.PrivateKey, error) {
	seed, err := Derive(secret, boxPurpose)
	if err != nil {
		return nil, err
	}
	private, err := ecdh.X25519().NewPrivateKey(seed[:])
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return private, nil
}

// sharedKey is the key of one message. Both public keys go into it, so that it belongs to this pair alone.
func sharedKey(private *ecdh.PrivateKey, public, once, to *ecdh.PublicKey) (Key, error) {
	shared, err := private.ECDH(public)
	if err != nil {
		return Key{}, errors.Join(errClosed, err)
	}
	return Derive(string(shared), ownPurpose+string(once.Bytes())+string(to.Bytes()))
}
