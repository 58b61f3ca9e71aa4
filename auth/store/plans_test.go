package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/plantest"
)

// TestNoStatementGoesThroughATable holds that what a statement costs does not grow with how many grants, tokens,
// clients and sign-ins there are: SQLite comes by an index to every row that it reads. Sweeps and the operator's count
// and list of all grants are the exceptions. The statements are those of the source, with conditions of SQLite where
// the databases differ.
func TestNoStatementGoesThroughATable(t *testing.T) {
	t.Parallel()
	db, err := database.Open(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	statements := statementsOf(t)
	const least = 25
	if len(statements) < least {
		t.Fatalf("found %d statements, want at least %d", len(statements), least)
	}
	for _, query := range statements {
		if plan := plantest.Of(t, db, query, argsFor(query)...); strings.Contains(plan, "SCAN") {
			t.Errorf("%s\ngoes through a table:\n%s", query, plan)
		}
	}
}

// argsFor are as many arguments as a statement takes. What they are is nothing to its plan.
func argsFor(query string) []any {
	given := map[string]bool{}
	for _, one := range regexp.MustCompile(`\$\d+`).FindAllString(query, -1) {
		given[one] = true
	}
	return slices.Repeat([]any{1}, len(given))
}

// statementsOf are the statements of this package that read or change rows, but for those of sweep.go and of
// postgres.go, and but for those that are put together of more than constants.
func statementsOf(t *testing.T) (statements []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	for _, file := range files {
		name := file.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || name == "sweep.go" || name == "postgres.go" {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
	}
	constants := map[string]ast.Expr{}
	for _, f := range parsed {
		for _, d := range f.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				if value, ok := spec.(*ast.ValueSpec); ok && len(value.Values) == 1 {
					constants[value.Names[0].Name] = value.Values[0]
				}
			}
		}
	}
	everything := regexp.MustCompile(`^SELECT COUNT\(\*\) FROM \w+$`)
	begins := regexp.MustCompile(`^(SELECT|UPDATE|DELETE|INSERT) `)
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			expression, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			query, ok := textOf(expression, constants)
			if ok && begins.MatchString(query) && !everything.MatchString(query) {
				statements = append(statements, query)
			}
			_, joined := expression.(*ast.BinaryExpr) // whose parts are no statements
			return !ok && !joined
		})
	}
	return statements
}

// textOf is the text of a constant expression. What the databases write each in their own way, such as ForUpdate, is
// nothing in SQLite.
func textOf(e ast.Expr, constants map[string]ast.Expr) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.Ident:
		if value, known := constants[e.Name]; known {
			return textOf(value, constants)
		}
	case *ast.SelectorExpr:
		return "", strings.HasPrefix(e.Sel.Name, "For")
	case *ast.BinaryExpr:
		left, ok := textOf(e.X, constants)
		right, also := textOf(e.Y, constants)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}
