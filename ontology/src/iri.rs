//! Takes keys, hashes and spans, returns the IRIs of resources.
//!
//! Chinese characters stay as they are (RFC 3987 allows them), everything that an IRI may not hold
//! is percent-encoded, the percent sign included, so that different keys never share an IRI.
//! Refused alternative: hashes as names, which no person can read in a query's result.
//!
//! ```
//! use ontology::iri::Iris;
//! use ontology::record::{CharSpan, EntityClass, EntityKey};
//! let iris = Iris::default();
//! let key = EntityKey::new(EntityClass::Person, "杨靖宇");
//! assert_eq!(iris.entity(&key), "https://w3id.org/fangzhi/id/person/杨靖宇");
//! let document = iris.document("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
//! let mention = iris.mention(&document, CharSpan { start: 120, end: 123 });
//! assert!(mention.ends_with("id/document/9f86d081884c7d659a2feaa0c55ad015#char=120,123"));
//! ```

use std::fmt::Write as _;

use thiserror::Error;

use crate::record::{CharSpan, EntityKey};

/// Base of all resources unless another is asked for.
pub const DEFAULT_BASE: &str = "https://w3id.org/fangzhi/id/";

/// Why a base IRI cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IriError {
    /// It does not begin with a scheme and `://` and a host.
    #[error(
        "base IRI {base:?} is not absolute: give one like https://example.org/id/ (scheme, host, path)"
    )]
    NotAbsolute {
        /// The base as given.
        base: String,
    },
    /// It has a query, a fragment, or a character that IRIs do not allow.
    #[error("base IRI {base:?} must not contain {found:?}: percent-encode it or leave it out")]
    Illegal {
        /// The base as given.
        base: String,
        /// The first such character.
        found: char,
    },
}

/// Makes the IRIs of one graph, all under one base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iris {
    base: String,
}

impl Default for Iris {
    fn default() -> Self {
        Self {
            base: DEFAULT_BASE.to_owned(),
        }
    }
}

impl Iris {
    /// Makes IRIs under `base`; a missing slash at its end is added.
    ///
    /// # Errors
    /// [`IriError::NotAbsolute`] and [`IriError::Illegal`] where the base cannot be the beginning of
    /// an IRI.
    pub fn new(base: &str) -> Result<Self, IriError> {
        let not_absolute = || IriError::NotAbsolute {
            base: base.to_owned(),
        };
        if let Some(found) = base.chars().find(|c| !is_legal(*c) && *c != '%') {
            return Err(IriError::Illegal {
                base: base.to_owned(),
                found,
            });
        }
        let (scheme, rest) = base.split_once("://").ok_or_else(not_absolute)?;
        let authority = rest.split('/').next().unwrap_or_default();
        if !is_scheme(scheme) || !is_authority(authority) || !escapes_are_whole(base) {
            return Err(not_absolute());
        }
        let slash = if base.ends_with('/') { "" } else { "/" };
        Ok(Self {
            base: format!("{base}{slash}"),
        })
    }

    /// Gives the base, which ends with a slash.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Gives the IRI of an entity: the base and the escaped key.
    #[must_use]
    pub fn entity(&self, key: &EntityKey) -> String {
        self.resource(key.as_str())
    }

    /// Gives the IRI of the document with this SHA-256: its first 32 hexadecimal digits name it.
    #[must_use]
    pub fn document(&self, sha256: &str) -> String {
        let digits: String = sha256.chars().take(32).collect();
        self.resource(&format!("document/{digits}"))
    }

    /// Gives the IRI of a mention: the document's and the span as a fragment (RFC 5147).
    #[must_use]
    pub fn mention(&self, document: &str, span: CharSpan) -> String {
        format!("{document}#char={},{}", span.start, span.end)
    }

    /// Gives the IRI of the `n`th statement (from 0) with this span.
    #[must_use]
    pub fn statement(&self, document: &str, span: CharSpan, n: usize) -> String {
        format!("{document}#char={},{};{n}", span.start, span.end)
    }

    /// Gives the IRI of the `n`th observation (from 0) with this span.
    #[must_use]
    pub fn observation(&self, document: &str, span: CharSpan, n: usize) -> String {
        let mut iri = format!("{document}#char={},{};obs", span.start, span.end);
        if n > 0 {
            // Writing to a string cannot fail.
            let _ = write!(iri, ";{n}");
        }
        iri
    }

    /// Gives the IRI of a post: its name, and its body where that is known, since several bodies
    /// have a post of the same short name.
    #[must_use]
    pub fn post(&self, label: &str, body: Option<&EntityKey>) -> String {
        // The name's own @ is escaped, so that only the one before the body's key separates.
        let mut iri = self.resource("post/");
        iri.push_str(&escape(label).replace('@', "%40"));
        if let Some(body) = body {
            iri.push('@');
            iri.push_str(&escape(body.as_str()));
        }
        iri
    }

    /// Gives the IRI of an indicator's concept.
    #[must_use]
    pub fn indicator(&self, key: &str) -> String {
        self.resource(&format!("indicator/{key}"))
    }

    /// Gives the IRI of a theme of the indicator scheme.
    #[must_use]
    pub fn theme(&self, key: &str) -> String {
        self.resource(&format!("theme/{key}"))
    }

    /// Gives the IRI of the indicator scheme.
    #[must_use]
    pub fn scheme(&self) -> String {
        self.resource("scheme/indicators")
    }

    /// Gives the IRI of the data set of all observations.
    #[must_use]
    pub fn dataset(&self) -> String {
        self.resource("dataset/observations")
    }

    /// Gives the IRI of the geometry of the division with this code.
    #[must_use]
    pub fn geometry(&self, code: &str) -> String {
        self.resource(&format!("geometry/{code}"))
    }

    /// Gives the IRI of the gazetteer as a source of facts.
    #[must_use]
    pub fn gazetteer(&self) -> String {
        self.resource("dataset/gazetteer")
    }

    /// Gives the IRI of the graph (and of the activity in it) that says how the graph was made.
    #[must_use]
    pub fn run_graph(&self) -> String {
        self.resource("graph/run")
    }

    /// Gives the IRI of the tool or of a pack, as the run's graph names them.
    #[must_use]
    pub fn software(&self, name: &str) -> String {
        self.resource(&format!("software/{name}"))
    }

    fn resource(&self, local: &str) -> String {
        format!("{}{}", self.base, escape(local))
    }
}

/// Percent-encodes what a path of an IRI may not hold; different texts give different results.
///
/// A segment of dots alone is encoded as well, since resolution would swallow it.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, segment) in text.split('/').enumerate() {
        if index > 0 {
            out.push('/');
        }
        let dots = !segment.is_empty() && segment.chars().all(|c| c == '.');
        for c in segment.chars() {
            if is_legal(c) && !dots {
                out.push(c);
            } else {
                percent_encode(c, &mut out);
            }
        }
    }
    out
}

fn percent_encode(c: char, out: &mut String) {
    let mut buffer = [0_u8; 4];
    for byte in c.encode_utf8(&mut buffer).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(out, "%{byte:02X}");
    }
}

/// Tells whether a character stands for itself in a path: RFC 3987 `ipchar` and `/` without the
/// apostrophe, white space and characters of no width (nobody could see them in a result).
fn is_legal(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "-._~!$&()*+,;=:@/".contains(c);
    }
    let ucschar = matches!(u32::from(c),
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF | 0x1_0000..=0xD_FFFF)
        && u32::from(c) & 0xFFFE != 0xFFFE;
    let invisible =
        matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F);
    ucschar && !invisible && !c.is_whitespace() && !c.is_control()
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_authority(authority: &str) -> bool {
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = host_and_port.split_once(':').unwrap_or((host_and_port, ""));
    !host.is_empty()
        && authority.matches('@').count() < 2
        && port.chars().all(|c| c.is_ascii_digit())
}

fn escapes_are_whole(base: &str) -> bool {
    base.split('%').skip(1).all(|after| {
        after
            .chars()
            .take(2)
            .filter(char::is_ascii_hexdigit)
            .count()
            == 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::EntityClass;

    #[test]
    fn bases() {
        for good in [
            "https://example.org/id/",
            "http://localhost:7878/kb",
            "https://例子.cn/志/",
        ] {
            let iris = Iris::new(good).unwrap();
            assert!(iris.base().ends_with('/'), "{good}");
        }
        for bad in [
            "",
            "example.org/id/",
            "https://",
            "https:///id/",
            "1x://host/",
            "https://a:b/",
            "https://host/ id/",
            "https://host/?q=",
            "https://host/#",
            "https://host/%zz/",
        ] {
            assert!(Iris::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn escapes_what_an_iri_may_not_hold() {
        let cases = [
            ("蒲公英行动@220600", "蒲公英行动@220600"),
            ("a b%?#", "a%20b%25%3F%23"),
            ("\"<>{}|\\^`'", "%22%3C%3E%7B%7D%7C%5C%5E%60%27"),
            ("..", "%2E%2E"),
            ("a/./b", "a/%2E/b"),
            ("\u{200b}\u{e000}", "%E2%80%8B%EE%80%80"),
            ("“四进三诺一评议”", "“四进三诺一评议”"),
        ];
        for (text, expected) in cases {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }

    #[test]
    fn posts_of_two_bodies_differ() {
        let iris = Iris::default();
        let body = |name| EntityKey::new(EntityClass::Organization, name);
        let one = iris.post("党委书记", Some(&body("甲公司")));
        let other = iris.post("党委书记", Some(&body("乙公司")));
        assert_ne!(one, other);
        assert_ne!(one, iris.post("党委书记", None));
        assert_ne!(
            iris.post("x@organization/y", None),
            iris.post("x", Some(&body("y")))
        );
    }

    #[test]
    fn observations_are_numbered_from_the_second() {
        let iris = Iris::default();
        let span = CharSpan { start: 3, end: 9 };
        assert_eq!(iris.observation("d", span, 0), "d#char=3,9;obs");
        assert_eq!(iris.observation("d", span, 1), "d#char=3,9;obs;1");
        assert_eq!(iris.statement("d", span, 0), "d#char=3,9;0");
    }
}
