//! Takes nothing, returns the divisions of China: the country, provinces, prefectures, counties,
//! townships and zones, each with its code, names and what is above it.
//!
//! The data stand in `gazetteer/*.tsv` (see SOURCE.md there). The build script checks them and
//! prepares what is embedded here, so that loading costs milliseconds. Refused alternative:
//! building the automaton at start, which costs a tenth of a second in every run.
//!
//! ```
//! use ontology::gazetteer::Gazetteer;
//! let gazetteer = Gazetteer::shared()?;
//! let county = gazetteer.by_code("220622").ok_or("no such code")?;
//! assert_eq!(county.name, "靖宇县");
//! let above: Vec<&str> =
//!     gazetteer.ancestors(&county.code).iter().map(|above| above.name.as_str()).collect();
//! assert_eq!(above, ["白山市", "吉林省", "中国"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod division;
mod load;
mod name;
mod period;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use daachorse::CharwiseDoubleArrayAhoCorasick;

use division::Divisions;
pub use division::{Division, Point};
pub use load::GazetteerError;
use name::Bearer;
pub use name::{NameForm, NameMatch};
pub use period::Period;
use period::Periods;

use crate::record::{EntityClass, EntityKey, PlaceLevel};

/// All divisions and their names.
pub struct Gazetteer {
    divisions: Divisions,
    /// Every name of every form once, sorted.
    names: Vec<&'static str>,
    /// Per name where its bearers begin; one more than there are names.
    starts: Vec<u32>,
    /// Of the names in turn, best form first, then by code.
    bearers: Vec<Bearer>,
    /// Its values are numbers of names.
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    abbreviations: BTreeMap<char, String>,
    ambiguous: BTreeSet<String>,
    periods: Periods,
}

impl Gazetteer {
    /// Gives the division with this code (six digits, nine for townships).
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Division> {
        self.divisions.by_code(code)
    }

    /// Gives all divisions, sorted by code.
    pub fn divisions(&self) -> impl Iterator<Item = &Division> {
        self.divisions.iter()
    }

    /// Gives the divisions below a province, prefecture or county, of every level, sorted by code.
    ///
    /// # Complexity
    /// Logarithmic in all divisions, linear in those given: codes below one share its beginning.
    ///
    /// # Examples
    /// ```
    /// let gazetteer = ontology::gazetteer::Gazetteer::shared()?;
    /// assert!(gazetteer.below("220600").any(|division| division.name == "靖宇县"));
    /// # Ok::<(), ontology::gazetteer::GazetteerError>(())
    /// ```
    pub fn below<'g>(&'g self, code: &'g str) -> impl Iterator<Item = &'g Division> {
        let mut prefix = code;
        while let Some(shorter) = prefix
            .strip_suffix("00")
            .filter(|shorter| shorter.len() >= 2)
        {
            prefix = shorter;
        }
        self.divisions
            .with_prefix(prefix)
            .filter(move |division| division.code != code)
    }

    /// Gives every division of any level that bears this name, in full, in short or formerly:
    /// those that bear it in full first, each group sorted by code; empty where there is none.
    ///
    /// # Examples
    /// ```
    /// let gazetteer = ontology::gazetteer::Gazetteer::shared()?;
    /// assert!(gazetteer.by_name("鼓楼区").len() >= 4);
    /// assert_eq!(gazetteer.by_name("襄樊市")[0].name, "襄阳市");
    /// # Ok::<(), ontology::gazetteer::GazetteerError>(())
    /// ```
    #[must_use]
    pub fn by_name(&self, name: &str) -> Vec<&Division> {
        self.bearers_of(name)
            .iter()
            .filter_map(|one| one.division(&self.divisions))
            .collect()
    }

    /// Gives those of [`Gazetteer::by_name`] that bear the name in this form.
    #[must_use]
    pub fn by_name_form(&self, name: &str, form: NameForm) -> Vec<&Division> {
        let bearers = self
            .bearers_of(name)
            .iter()
            .filter(|bearer| bearer.form() == form);
        bearers
            .filter_map(|bearer| bearer.division(&self.divisions))
            .collect()
    }

    /// Gives what is above the division, nearest first, without itself; empty for an unknown code.
    #[must_use]
    pub fn ancestors(&self, code: &str) -> Vec<&Division> {
        let above = |division: &Division| self.by_code(division.parent.as_deref()?);
        std::iter::successors(self.by_code(code).and_then(above), |division| {
            above(division)
        })
        .collect()
    }

    /// Gives the province that the division is or lies in; none for the country.
    #[must_use]
    pub fn province_of(&self, code: &str) -> Option<&Division> {
        let own = self.by_code(code);
        own.into_iter()
            .chain(self.ancestors(code))
            .find(|division| division.level == PlaceLevel::Province)
    }

    /// Tells whether the first division is the second or lies in it; false for unknown codes.
    #[must_use]
    pub fn is_within(&self, code: &str, ancestor_code: &str) -> bool {
        let mut division = self.by_code(code);
        while let Some(here) = division {
            if here.code == ancestor_code {
                return true;
            }
            division = here
                .parent
                .as_deref()
                .and_then(|parent| self.by_code(parent));
        }
        false
    }

    /// Gives the division's identity: `place/220600`, for a township `place/220622100`.
    #[must_use]
    pub fn key(&self, division: &Division) -> EntityKey {
        EntityKey::new(EntityClass::Place, &division.code)
    }

    /// Gives the province that this character abbreviates (黔, 贵).
    #[must_use]
    pub fn abbreviation(&self, character: char) -> Option<&Division> {
        self.by_code(self.abbreviations.get(&character)?)
    }

    /// Tells whether the name alone does not say that a division is meant, because it is also an
    /// ordinary word (朝阳, 资源), a person's name (靖宇), another thing or region (长白), or a
    /// mountain or lake elsewhere (太湖), or arises easily between two words.
    #[must_use]
    pub fn is_ambiguous_short(&self, name: &str) -> bool {
        self.ambiguous.contains(name)
    }

    /// Gives the bearers of a name.
    fn bearers_of(&self, name: &str) -> &[Bearer] {
        self.names
            .binary_search(&name)
            .map_or(&[], |number| self.bearers(number))
    }

    /// Gives the bearers of the name with this number.
    fn bearers(&self, number: usize) -> &[Bearer] {
        let bound = |at: usize| usize::try_from(*self.starts.get(at)?).ok();
        let range = bound(number).zip(bound(number + 1));
        range
            .and_then(|(start, end)| self.bearers.get(start..end))
            .unwrap_or_default()
    }
}
