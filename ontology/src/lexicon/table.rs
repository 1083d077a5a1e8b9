//! Takes the text of one data file, returns its [`Table`] of checked rows.
//!
//! The format: UTF-8, one line each; header lines `#! key: value` first, comments `# …`, all other
//! lines are rows of tab-separated fields. The build script compiles this file too, so that the
//! gazetteer's files are held to the same rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Header keys that every file states.
pub const REQUIRED_KEYS: [&str; 5] = ["title", "source", "version", "licence", "columns"];

/// A fault in a data file: which file, which line, what is wrong, and the offending text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}: {text:?}")]
pub struct LexiconError {
    /// The file's path as the caller gave it.
    pub file: String,
    /// Line, counted from 1; 0 where the fault is in the file as a whole.
    pub line: usize,
    /// What is wrong and what is expected.
    pub message: String,
    /// The line or the field that is wrong.
    pub text: String,
}

/// One row: its fields by column name.
#[derive(Debug, Clone)]
pub struct Row {
    columns: Arc<[String]>,
    fields: Vec<String>,
    line: usize,
}

impl Row {
    /// Gives the field of this column; `""` where it is empty or the table has no such column
    /// ([`Table::require`] finds the latter once, when a table is loaded).
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|name| name == column);
        index
            .and_then(|index| self.fields.get(index))
            .map_or("", String::as_str)
    }

    /// Gives the values of a field that holds several, split at `|`; nothing where it is empty.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column)
            .split('|')
            .filter(|value| !value.is_empty())
    }

    /// Gives the line in the file, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

/// A data file: header and rows, in the file's order.
#[derive(Debug, Clone)]
pub struct Table {
    file: String,
    header: BTreeMap<String, String>,
    columns: Arc<[String]>,
    rows: Vec<Row>,
}

impl Table {
    /// Parses and checks a whole file; `file_name` is for messages only.
    ///
    /// # Errors
    /// The first fault: a header key that is missing or given twice, a row with too few or too
    /// many fields, an empty first field, a row that stands there twice, blanks at either end of a
    /// field, an empty value in a list, an empty line.
    ///
    /// # Examples
    /// ```
    /// let text = "#! title: 单姓\n#! source: 自编\n#! version: 1\n#! licence: MIT\n\
    ///             #! columns: name\tkind\n王\t单姓\n欧阳\t复姓\n";
    /// let table = ontology::lexicon::Table::parse("surnames.tsv", text)?;
    /// let names: Vec<&str> = table.rows().map(|row| row.get("name")).collect();
    /// assert_eq!(names, ["王", "欧阳"]);
    /// # Ok::<(), ontology::lexicon::LexiconError>(())
    /// ```
    pub fn parse(file_name: &str, text: &str) -> Result<Self, LexiconError> {
        let mut parser = Parser {
            file: file_name,
            header: BTreeMap::new(),
            columns: None,
        };
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, line) in text.split_terminator('\n').enumerate() {
            let number = index + 1;
            if let Some(entry) = line.strip_prefix("#!") {
                parser.header_line(number, line, entry, rows.is_empty())?;
            } else if line != "#" && !line.starts_with("# ") {
                if !seen.insert(line) {
                    return Err(parser.error(number, "this row stands here twice", line));
                }
                rows.push(parser.row(number, line)?);
            }
        }
        let columns = parser.finish()?;
        Ok(Self {
            file: file_name.to_owned(),
            header: parser.header,
            columns,
            rows,
        })
    }

    /// Gives the rows in the file's order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// Counts the rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Tells whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Gives a value of the header, such as `title` or `licence`.
    #[must_use]
    pub fn header(&self, key: &str) -> Option<&str> {
        self.header.get(key).map(String::as_str)
    }

    /// Gives the names of the columns, in order.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Checks that the table has these columns.
    ///
    /// # Errors
    /// Names the first column that is missing.
    pub fn require(&self, columns: &[&str]) -> Result<(), LexiconError> {
        let absent = columns
            .iter()
            .find(|name| !self.columns.iter().any(|have| have == *name));
        absent.map_or(Ok(()), |name| {
            Err(LexiconError {
                file: self.file.clone(),
                line: 0,
                message: format!("the column {name:?} is missing; there are"),
                text: self.columns.join(", "),
            })
        })
    }

    /// Makes the error for a row whose field has the right form but a value that its reader
    /// does not know.
    #[must_use]
    pub fn error(&self, row: &Row, message: &str, text: &str) -> LexiconError {
        LexiconError {
            file: self.file.clone(),
            line: row.line,
            message: message.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// What is known while a file is read.
struct Parser<'a> {
    file: &'a str,
    header: BTreeMap<String, String>,
    columns: Option<Arc<[String]>>,
}

impl Parser<'_> {
    fn error(&self, line: usize, message: &str, text: &str) -> LexiconError {
        LexiconError {
            file: self.file.to_owned(),
            line,
            message: message.to_owned(),
            text: text.to_owned(),
        }
    }

    fn header_line(
        &mut self,
        number: usize,
        line: &str,
        entry: &str,
        first: bool,
    ) -> Result<(), LexiconError> {
        if !first {
            return Err(self.error(number, "header lines stand before all rows", line));
        }
        let Some((key, value)) = entry.split_once(':') else {
            return Err(self.error(number, "a header line is `#! key: value`", line));
        };
        let (key, value) = (key.trim(), value.trim());
        if key.is_empty() || value.is_empty() {
            return Err(self.error(number, "a header line is `#! key: value`", line));
        }
        if self
            .header
            .insert(key.to_owned(), value.to_owned())
            .is_some()
        {
            return Err(self.error(number, "this header key stands here twice", line));
        }
        if key == "columns" {
            let columns: Vec<String> = value.split('\t').map(str::to_owned).collect();
            let distinct: BTreeSet<&String> = columns.iter().collect();
            if distinct.len() != columns.len() || columns.iter().any(|name| !is_trimmed(name)) {
                return Err(self.error(number, "columns are distinct names between tabs", line));
            }
            self.columns = Some(columns.into());
        }
        Ok(())
    }

    fn row(&self, number: usize, line: &str) -> Result<Row, LexiconError> {
        if line.trim().is_empty() {
            return Err(self.error(number, "empty line; write `#` to part groups", line));
        }
        if line.starts_with('#') {
            return Err(self.error(number, "a comment begins with `# `", line));
        }
        let Some(columns) = self.columns.as_ref() else {
            return Err(self.error(number, "a row before the header line `#! columns:`", line));
        };
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if fields.len() != columns.len() {
            let message = format!(
                "{} fields where there are {} columns",
                fields.len(),
                columns.len()
            );
            return Err(self.error(number, &message, line));
        }
        if fields.first().is_none_or(String::is_empty) {
            return Err(self.error(number, "the first field is empty", line));
        }
        for field in &fields {
            if !field.is_empty() && !is_trimmed(field) {
                return Err(self.error(number, "a blank at the end of a field", field));
            }
            if field.contains("||") || field.starts_with('|') || field.ends_with('|') {
                return Err(self.error(number, "an empty value in a list", field));
            }
        }
        Ok(Row {
            columns: Arc::clone(columns),
            fields,
            line: number,
        })
    }

    fn finish(&mut self) -> Result<Arc<[String]>, LexiconError> {
        for key in REQUIRED_KEYS {
            if !self.header.contains_key(key) {
                return Err(self.error(0, "this header key is missing", key));
            }
        }
        self.columns
            .take()
            .ok_or_else(|| self.error(0, "this header key is missing", "columns"))
    }
}

/// Tells whether a name is not empty and has no blank (nor a byte order mark) at either end.
fn is_trimmed(name: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    !name.is_empty() && !name.starts_with(blank) && !name.ends_with(blank)
}
