// Judges a batch of proofs, tiles and notes (JSON on stdin) with Go's sumdb, which the Go
// checksum database runs on, and prints where the verdict is not the expected one.
package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Size, Index int64
	Entry, Root []byte
	Path        [][]byte
	Valid       bool
}

type consistency struct {
	OldSize int64  `json:"old_size"`
	NewSize int64  `json:"new_size"`
	OldRoot []byte `json:"old_root"`
	NewRoot []byte `json:"new_root"`
	Path    [][]byte
	Valid   bool
}

type signedNote struct {
	Vkey, Note string
	Valid      bool
}

type tileSet struct {
	Size  int64
	Root  []byte
	Files map[string][]byte
}

type batch struct {
	Inclusions    []inclusion
	Consistencies []consistency
	Notes         []signedNote
	Tiles         tileSet
}

type signed struct {
	Skey string `json:"skey"`
	Vkey string `json:"vkey"`
	Text string `json:"text"`
	Note string `json:"note"`
}

type verdict struct {
	Judged          []int    `json:"judged"`
	Disagreements   []string `json:"disagreements"`
	ProofsFromTiles int      `json:"proofs_from_tiles"`
	Signed          signed   `json:"signed"`
}

func hash(data []byte) (h tlog.Hash) {
	if len(data) != len(h) {
		log.Fatalf("a hash of %d bytes", len(data))
	}
	copy(h[:], data)
	return h
}

func hashes(path [][]byte) []tlog.Hash {
	all := make([]tlog.Hash, len(path))
	for i, step := range path {
		all[i] = hash(step)
	}
	return all
}

func (c inclusion) accepted() bool {
	leaf := tlog.RecordHash(c.Entry)
	return tlog.CheckRecord(hashes(c.Path), c.Size, hash(c.Root), c.Index, leaf) == nil
}

func (c consistency) accepted() bool {
	return tlog.CheckTree(hashes(c.Path), c.NewSize, hash(c.NewRoot), c.OldSize, hash(c.OldRoot)) == nil
}

func (c signedNote) accepted() bool {
	verifier, err := note.NewVerifier(c.Vkey)
	if err != nil {
		log.Fatal(err)
	}
	_, err = note.Open([]byte(c.Note), note.VerifierList(verifier))
	return err == nil
}

// Go asks for tiles of height 8 under tile/8/..., C2SP leaves the height out.
func (t tileSet) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		file, ok := t.Files[path]
		if !ok {
			return nil, fmt.Errorf("no %s", path)
		}
		data = append(data, file)
	}
	return data, nil
}

func (t tileSet) Height() int                     { return 8 }
func (t tileSet) SaveTiles([]tlog.Tile, [][]byte) {}

func (v *verdict) judge(what string, accepted, valid bool) {
	if accepted != valid {
		v.Disagreements = append(v.Disagreements, what)
	}
}

func same(ours [][]byte, theirs []tlog.Hash) bool {
	return fmt.Sprint(hashes(ours)) == fmt.Sprint(append([]tlog.Hash{}, theirs...))
}

// Go's reader checks every tile it reads against the root before it uses it.
func (v *verdict) proveFromTiles(b batch) {
	reader := tlog.TileHashReader(tlog.Tree{N: b.Tiles.Size, Hash: hash(b.Tiles.Root)}, b.Tiles)
	for _, c := range b.Inclusions {
		if c.Size == b.Tiles.Size && c.Valid {
			theirs, err := tlog.ProveRecord(c.Size, c.Index, reader)
			v.judge(fmt.Sprint("tiles of leaf ", c.Index, err), err == nil && same(c.Path, theirs), true)
			v.ProofsFromTiles++
		}
	}
	for _, c := range b.Consistencies {
		if c.NewSize == b.Tiles.Size && c.Valid {
			theirs, err := tlog.ProveTree(c.NewSize, c.OldSize, reader)
			v.judge(fmt.Sprint("tiles of size ", c.OldSize, err), err == nil && same(c.Path, theirs), true)
			v.ProofsFromTiles++
		}
	}
}

func sign() (s signed) {
	var err error
	if s.Skey, s.Vkey, err = note.GenerateKey(rand.Reader, "go.example/log"); err != nil {
		log.Fatal(err)
	}
	signer, err := note.NewSigner(s.Skey)
	if err != nil {
		log.Fatal(err)
	}
	s.Text = "signed by Go\n\n证据\n"
	message, err := note.Sign(&note.Note{Text: s.Text}, signer)
	if err != nil {
		log.Fatal(err)
	}
	s.Note = string(message)
	return s
}

func main() {
	var b batch
	if err := json.NewDecoder(os.Stdin).Decode(&b); err != nil {
		log.Fatal(err)
	}
	v := verdict{
		Judged:        []int{len(b.Inclusions), len(b.Consistencies), len(b.Notes)},
		Disagreements: []string{},
		Signed:        sign(),
	}
	for _, c := range b.Inclusions {
		v.judge(fmt.Sprint("leaf ", c.Index, " of ", c.Size), c.accepted(), c.Valid)
	}
	for _, c := range b.Consistencies {
		v.judge(fmt.Sprint("growth ", c.OldSize, " to ", c.NewSize), c.accepted(), c.Valid)
	}
	for i, c := range b.Notes {
		v.judge(fmt.Sprint("note ", i), c.accepted(), c.Valid)
	}
	v.proveFromTiles(b)
	if err := json.NewEncoder(os.Stdout).Encode(v); err != nil {
		log.Fatal(err)
	}
}
