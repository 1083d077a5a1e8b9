//! Takes what the user asks for, returns the options that every reader keeps to.

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use super::metadata::Field;

/// How much a reader may take in before it gives up on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file or archive member, unpacked.
    pub max_bytes: u64,
    /// Bytes of all members of one archive together, unpacked.
    pub max_unpacked: u64,
    /// Unpacked bytes for each packed one.
    pub max_ratio: u64,
    /// Archives within archives; 1 is an archive of plain files.
    pub max_depth: usize,
    /// Members of one archive.
    pub max_entries: usize,
    /// Pages of one PDF.
    pub max_pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 256 << 20,
            max_unpacked: 1 << 30,
            max_ratio: 200,
            max_depth: 3,
            max_entries: 100_000,
            max_pages: 5_000,
        }
    }
}

/// How documents are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Limits of size.
    pub limits: Limits,
    /// Encoding that the user states; wins over detection and declaration.
    pub encoding: Option<&'static Encoding>,
    /// Names of columns or keys, by the field they hold; wins over the known names.
    pub columns: BTreeMap<Field, String>,
}

/// Why an option cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionError {
    /// The encoding has no such name.
    #[error(
        "no encoding is called {0}: name one such as utf-8, utf-16le, utf-16be, gb18030, big5 (labels of the WHATWG standard)"
    )]
    Encoding(String),
    /// A column is not given as `field=name`.
    #[error("columns are given as field=name,…, field being one of {fields}; got {given}")]
    Columns {
        /// What was given.
        given: String,
        /// The fields that there are.
        fields: String,
    },
}

impl Options {
    /// Takes an encoding by its label.
    ///
    /// # Errors
    /// [`OptionError::Encoding`] where the WHATWG standard has no such label.
    pub fn set_encoding(&mut self, label: &str) -> Result<(), OptionError> {
        let encoding = Encoding::for_label(label.as_bytes());
        self.encoding = Some(encoding.ok_or_else(|| OptionError::Encoding(label.to_owned()))?);
        Ok(())
    }

    /// Takes the names of columns, such as `text=正文,title=标题`.
    ///
    /// # Errors
    /// [`OptionError::Columns`] where a part is not `field=name`.
    pub fn set_columns(&mut self, given: &str) -> Result<(), OptionError> {
        let wrong = |part: &str| OptionError::Columns {
            given: part.to_owned(),
            fields: Field::ALL.map(Field::name).join(", "),
        };
        for part in given
            .split([',', '，'])
            .filter(|part| !part.trim().is_empty())
        {
            let (field, name) = part.split_once('=').ok_or_else(|| wrong(part))?;
            let field = Field::from_name(field.trim()).ok_or_else(|| wrong(part))?;
            self.columns.insert(field, name.trim().to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_checked() {
        let mut options = Options::default();
        options.set_encoding("gbk").unwrap();
        assert_eq!(options.encoding.unwrap().name(), "GBK");
        assert!(options.set_encoding("klingon").is_err());
        options.set_columns("text=正文,title = 题名").unwrap();
        assert_eq!(options.columns[&Field::Headline], "题名");
        assert!(
            options
                .set_columns("colour=颜色")
                .unwrap_err()
                .to_string()
                .contains("text")
        );
    }
}
