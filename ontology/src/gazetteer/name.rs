//! Takes a text, returns every occurrence of a name with the divisions that bear it.

use std::fmt;

use super::division::Divisions;
use super::{Division, Gazetteer};
use crate::record::Span;

/// How a division bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameForm {
    /// The full name of today: 白山市.
    Full,
    /// A short name of today: 白山, 延边州.
    Short,
    /// A name that it bore once, full or short: 襄樊市, 襄樊.
    Former,
}

/// Division number and form, as the build script packs them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bearer(pub(super) u32);

impl Bearer {
    pub(super) fn form(self) -> NameForm {
        match self.0 % 4 {
            0 => NameForm::Full,
            1 => NameForm::Short,
            _ => NameForm::Former,
        }
    }

    pub(super) fn division(self, divisions: &Divisions) -> Option<&Division> {
        divisions.get(usize::try_from(self.0 / 4).ok()?)
    }
}

/// One occurrence of a name in a text, in one form. A name that some divisions bear in full and
/// others in short gives two matches with the same span.
#[derive(Clone, Copy)]
pub struct NameMatch<'g> {
    /// Where, in bytes of the text.
    pub span: Span,
    /// How all of [`NameMatch::divisions`] bear it.
    pub form: NameForm,
    bearers: &'g [Bearer],
    divisions: &'g Divisions,
}

impl<'g> NameMatch<'g> {
    /// Gives every division that bears the name in this form, at least one, sorted by code.
    #[must_use]
    pub fn divisions(&self) -> Vec<&'g Division> {
        self.bearers().collect()
    }

    /// Gives the same one by one.
    pub fn bearers(&self) -> impl Iterator<Item = &'g Division> + use<'g> {
        let divisions = self.divisions;
        self.bearers
            .iter()
            .filter_map(move |bearer| bearer.division(divisions))
    }
}

impl fmt::Debug for NameMatch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&str> = self
            .divisions()
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        write!(
            f,
            "{}..{} {:?} {codes:?}",
            self.span.start, self.span.end, self.form
        )
    }
}

impl Gazetteer {
    /// Finds every occurrence of every name of every level, also inside other occurrences and
    /// across them. The abbreviations of provinces (京, 黔) are no names here.
    ///
    /// Output: by end, and among equal ends the longer first; one match per form of a name.
    /// Offsets are bytes of `text`.
    ///
    /// # Examples
    /// ```
    /// use ontology::gazetteer::{Gazetteer, NameForm};
    /// let text = "恩施州利川市";
    /// let found: Vec<(&str, NameForm)> = Gazetteer::shared()?
    ///     .find_overlapping(text)
    ///     .map(|name| (name.span.of(text), name.form))
    ///     .collect();
    /// assert_eq!(
    ///     found,
    ///     [
    ///         ("恩施", NameForm::Short),
    ///         ("恩施州", NameForm::Short),
    ///         ("利川", NameForm::Short),
    ///         ("利川市", NameForm::Full),
    ///     ]
    /// );
    /// # Ok::<(), ontology::gazetteer::GazetteerError>(())
    /// ```
    pub fn find_overlapping<'g>(&'g self, text: &'g str) -> impl Iterator<Item = NameMatch<'g>> {
        self.automaton
            .find_overlapping_iter(text)
            .flat_map(move |found| {
                let span = Span::new(found.start(), found.end());
                let bearers =
                    usize::try_from(found.value()).map_or(&[][..], |name| self.bearers(name));
                bearers
                    .chunk_by(|one, two| one.form() == two.form())
                    .filter_map(move |bearers| {
                        let form = bearers.first()?.form();
                        Some(NameMatch {
                            span,
                            form,
                            bearers,
                            divisions: &self.divisions,
                        })
                    })
            })
    }
}
