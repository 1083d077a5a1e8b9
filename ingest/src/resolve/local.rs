//! Names that mean something else in another document: takes a candidate, returns what it is in a
//! document about this region (市委, 县第十八届…会议, the many museums of one person).

use ontology::gazetteer::Division;
use ontology::record::EntityClass;

use super::body;
use super::entity::Assembly;
use crate::knowledge::{Entry, List};
use crate::recognise::{Candidate, is_level};

impl<'k> Assembly<'_, 'k> {
    /// The session of a local body, called by its level only (县第十八届…会议), with the name of the
    /// division.
    pub(super) fn local_event(&self, candidate: &Candidate<'k>) -> Option<Candidate<'k>> {
        let level = candidate.label.chars().next()?;
        let session = candidate.class == EntityClass::Event
            && is_level(level)
            && candidate.label.contains(['届', '次']);
        let gazetteer = self.text.knowledge.gazetteer;
        let region = self.region.filter(|_| session)?;
        let place = std::iter::once(region)
            .chain(gazetteer.ancestors(&region.code))
            .find(|division| division.name.ends_with(level))?;
        let rest = candidate.label.strip_prefix(level)?;
        let label = format!("{}{rest}", place.name);
        let short = candidate.label.clone();
        Some(candidate.clone().named(label, Some(short)))
    }

    /// A name that a person or event gives to many sites (某某纪念馆), in a document about another
    /// province than that of the known site: called as the text calls it.
    pub(super) fn namesake(
        &self,
        candidate: &Candidate<'k>,
        entry: &Entry,
    ) -> Option<Candidate<'k>> {
        let surface = candidate.span.of(self.text.text);
        let elsewhere = candidate.class == EntityClass::RedSite
            && surface != entry.name
            && self.near(entry.place_code()?).is_none();
        let shared = || {
            self.text.starting(candidate.span.start).any(|hit| {
                // Of a meeting there is one site.
                let many = hit.entry.list == List::Figure
                    || hit.entry.list == List::KnownEvent
                        && !matches!(hit.entry.field("kind"), "meeting" | "congress" | "plenum");
                many && hit.span.end < candidate.span.end
            })
        };
        (elsewhere && shared()).then(|| {
            let class = candidate.class;
            Candidate::new(
                self.text.text,
                candidate.span,
                class,
                candidate.score,
                candidate.rule,
            )
            .of_kind(candidate.kind.clone())
        })
    }

    /// Gives the division where a known site lies, if the document is about the same province.
    pub(super) fn near(&self, code: &str) -> Option<&'k Division> {
        let gazetteer = self.text.knowledge.gazetteer;
        let region = gazetteer.province_of(&self.region?.code)?;
        gazetteer
            .by_code(code)
            .filter(|division| gazetteer.is_within(&division.code, &region.code))
    }

    /// Finds the division of a local body: the one named in the same words, else by the region.
    pub(super) fn body_place(
        &self,
        candidate: &Candidate<'k>,
        entry: &Entry,
    ) -> Option<&'k Division> {
        let gazetteer = self.text.knowledge.gazetteer;
        if candidate.label == entry.name {
            return body::place_of(entry, self.region?, gazetteer);
        }
        // The street of an office is no city of that name.
        if entry.field("level") == "township" {
            return None;
        }
        // The place's last character may be the body's first: 白山市委.
        let first = entry.name.chars().next()?;
        let stem = candidate.label.strip_suffix(entry.name.as_str())?;
        [format!("{stem}{first}"), stem.to_owned()]
            .iter()
            .find_map(|name| {
                let mut found = gazetteer.by_name(name);
                found.sort_by_key(|division| {
                    let related = self.region.is_some_and(|region| {
                        gazetteer.is_within(&region.code, &division.code)
                            || gazetteer.is_within(&division.code, &region.code)
                    });
                    (!related, division.level, division.code.clone())
                });
                found.into_iter().next()
            })
    }
}
