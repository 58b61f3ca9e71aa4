package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// editor finds what to write into one file, so that each of its changes can be switched on.
type editor struct {
	p      *packages.Package
	file   *ast.File
	places map[place][]*change
	name   string

	parents []ast.Node
	found   []edit
}

func (e *editor) edits() []edit {
	ast.Inspect(e.file, func(n ast.Node) bool {
		if n == nil {
			e.parents = e.parents[:len(e.parents)-1]
			return true
		}
		e.parents = append(e.parents, n)
		switch n := n.(type) {
		case *ast.BinaryExpr:
			e.binary(n)
		case *ast.UnaryExpr:
			changes := e.at(n.OpPos)
			if n.Op == token.SUB && len(changes) > 0 && !e.mustBeConstant(changes) && (e.typed(n) != "" || e.p.TypesInfo.Types[n].Value == nil) {
				e.replace(n.OpPos, 1, fmt.Sprintf("mutantNeg%s(%d, ", e.typed(n), same(changes)), n.End())
			}
		case *ast.IncDecStmt:
			if changes := e.at(n.TokPos); len(changes) > 0 {
				sign := map[token.Token]string{token.INC: "+=", token.DEC: "-="}[n.Tok]
				e.found = append(e.found, edit{e.offset(n.TokPos), e.offset(n.TokPos) + 2, fmt.Sprintf("%s mutantStep%s(%d)", sign, e.typed(n.X), same(changes)), 0})
			}
		}
		return true
	})
	return e.found
}

// binary edits a comparison or a calculation.
func (e *editor) binary(n *ast.BinaryExpr) {
	changes := e.at(n.OpPos)
	if len(changes) == 0 {
		return
	}
	if b, ok := e.p.TypesInfo.Types[n].Type.Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
		for _, c := range changes {
			c.impossible = true
		}
		return
	}
	if e.mustBeConstant(changes) {
		return
	}
	id := map[string]int{}
	for _, c := range changes {
		id[c.kind] = c.id
	}
	const negation, boundary = "CONDITIONALS_NEGATION", "CONDITIONALS_BOUNDARY"
	switch n.Op {
	case token.EQL, token.NEQ:
		e.wrap(n, "((", fmt.Sprintf(") != mutantOn(%d))", same(changes)))
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		function := map[token.Token]string{token.LSS: "Lss", token.LEQ: "Leq", token.GTR: "Gtr", token.GEQ: "Geq"}[n.Op]
		for _, c := range changes {
			c.built = true
		}
		e.call(n, fmt.Sprintf("mutant%s(%d, %d, ", function, id[negation], id[boundary]))
	case token.ADD, token.SUB, token.MUL, token.QUO, token.REM:
		function := map[token.Token]string{token.ADD: "Add", token.SUB: "Sub", token.MUL: "Mul", token.QUO: "Quo", token.REM: "Rem"}[n.Op]
		e.call(n, fmt.Sprintf("mutant%s%s(%d, ", function, e.typed(n), same(changes)))
	}
}

// same marks changes as built that are one, and gives its id.
func same(changes []*change) int {
	for _, c := range changes {
		c.id, c.built = changes[0].id, true
	}
	return changes[0].id
}

// call makes arguments of what an operator stands between.
func (e *editor) call(n *ast.BinaryExpr, begin string) {
	e.wrap(n, begin, ")")
	e.found = append(e.found, edit{e.offset(n.OpPos), e.offset(n.OpPos) + len(n.Op.String()), ",", 0})
}

func (e *editor) wrap(n ast.Expr, begin, end string) {
	depth := len(e.parents)
	e.found = append(e.found, edit{e.offset(n.Pos()), e.offset(n.Pos()), begin, depth}, edit{e.offset(n.End()), e.offset(n.End()), end, -depth})
}

// replace puts a call in the place of an operator that stands before what it is of.
func (e *editor) replace(at token.Pos, length int, begin string, end token.Pos) {
	depth := len(e.parents)
	e.found = append(e.found, edit{e.offset(at), e.offset(at) + length, begin, depth}, edit{e.offset(end), e.offset(end), ")", -depth})
}

func (e *editor) offset(pos token.Pos) int { return e.p.Fset.Position(pos).Offset }

func (e *editor) at(pos token.Pos) []*change {
	p := e.p.Fset.Position(pos)
	return e.places[place{e.name, p.Line, p.Column}]
}

// mustBeConstant reports whether an expression stands where Go takes no call of a function, and marks its changes so.
func (e *editor) mustBeConstant(changes []*change) bool {
	constant := slices.ContainsFunc(e.parents, func(n ast.Node) bool {
		d, ok := n.(*ast.GenDecl)
		_, array := n.(*ast.ArrayType)
		return array || ok && d.Tok == token.CONST
	})
	for _, c := range changes {
		c.constant = constant
	}
	return constant
}

// typed is the type of an expression as a type argument, since constants alone do not tell it; "" where the file has no
// name for it.
func (e *editor) typed(n ast.Expr) string {
	named := true
	text := types.TypeString(types.Default(e.p.TypesInfo.Types[e.settled(n)].Type), func(of *types.Package) string {
		if of == e.p.Types {
			return ""
		}
		for _, i := range e.file.Imports {
			if strings.Trim(i.Path.Value, `"`) != of.Path() {
				continue
			}
			if i.Name != nil {
				return i.Name.Name
			}
			return of.Name()
		}
		named = false
		return of.Name()
	})
	if !named {
		return ""
	}
	return "[" + text + "]"
}

// settled is the expression that tells the type of one: of a constant, the whole calculation that it is part of.
func (e *editor) settled(n ast.Expr) ast.Expr {
	for i := len(e.parents) - 2; i >= 0; i-- {
		around, ok := e.parents[i].(ast.Expr)
		if b, isBinary := around.(*ast.BinaryExpr); !ok || isBinary && (b.Op == token.SHL || b.Op == token.SHR) ||
			e.p.TypesInfo.Types[around].Value == nil || !isArithmetic(e.p.TypesInfo.Types[around].Type) {
			return n
		}
		switch around.(type) {
		case *ast.BinaryExpr, *ast.UnaryExpr, *ast.ParenExpr:
			n = around
		default:
			return n
		}
	}
	return n
}

func isArithmetic(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}
