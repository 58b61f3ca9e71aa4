package heygen

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"reflect"
)

// File is a file that travels in a form: a field of this type whose place is
// "form" makes the whole body multipart/form-data.
type File struct {
	// Name is what the file is called; a path is not taken off it.
	Name string
	// Type is its MIME type.
	Type string
	Data []byte
}

// part is a file under the name of its field.
type part struct {
	name string
	file File
}

// addFile keeps a file for the form.
func (e *encoder) addFile(name string, v reflect.Value) error {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	file, ok := reflect.TypeAssert[File](v)
	if !ok {
		return fmt.Errorf("heygen: %s: %s is meant for the form, which takes files only", e.op, name)
	}
	e.form = append(e.form, part{name, file})
	return nil
}

// writeForm is the body of a form and its content type.
func (e *encoder) writeForm() (body []byte, contentType string, err error) {
	if e.bodied {
		return nil, "", fmt.Errorf("heygen: %s: a body is a form or JSON, not both", e.op)
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range e.form {
		header := textproto.MIMEHeader{}
		header.Set("Content-Disposition", multipart.FileContentDisposition(p.name, p.file.Name))
		header.Set("Content-Type", p.file.Type)
		to, err := w.CreatePart(header)
		if err == nil {
			_, err = to.Write(p.file.Data)
		}
		if err != nil {
			return nil, "", fmt.Errorf("heygen: %s: write the form: %w", e.op, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", fmt.Errorf("heygen: %s: write the form: %w", e.op, err)
	}
	return b.Bytes(), w.FormDataContentType(), nil
}
