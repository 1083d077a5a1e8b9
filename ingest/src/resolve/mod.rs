//! Stage 7: takes candidates, returns entities and their mentions: the document's region, which
//! division each place name means, which of overlapping candidates stand, which names are one thing.

mod body;
mod chain;
mod entity;
mod link;
mod local;
mod lower;
mod neighbour;
mod overlap;
mod pack;
mod region;

use std::collections::BTreeMap;

use ontology::gazetteer::Division;
use ontology::record::{Entity, EntityClass, EntityKey, Span};

use crate::recognise::Candidate;
use crate::segment::Segmented;

/// A mention whose entity is decided.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    /// Bytes of the normalised text.
    pub(crate) span: Span,
    pub(crate) class: EntityClass,
    pub(crate) key: EntityKey,
    pub(crate) rule: &'static str,
    pub(crate) score: f64,
    /// Whether it lies inside another mention (the place in the name of a body).
    pub(crate) nested: bool,
}

/// What a document names.
#[derive(Debug)]
pub(crate) struct Resolution<'k> {
    /// The one region the document is about.
    pub(crate) region: Option<&'k Division>,
    /// Entities by key.
    pub(crate) entities: BTreeMap<EntityKey, Entity>,
    /// Local bodies (市委) and the divisions they govern.
    pub(crate) seats: BTreeMap<EntityKey, EntityKey>,
    /// Mentions, sorted by span.
    pub(crate) mentions: Vec<Resolved>,
}

impl Resolution<'_> {
    /// Gives the mentions that lie in a span, nested ones included.
    pub(crate) fn within(&self, span: Span) -> impl Iterator<Item = &Resolved> {
        let first = self
            .mentions
            .partition_point(|mention| mention.span.start < span.start);
        self.mentions
            .iter()
            .skip(first)
            .take_while(move |mention| mention.span.start < span.end)
            .filter(move |mention| span.contains(mention.span))
    }

    /// Gives the mentions that start at a byte.
    pub(crate) fn starting(&self, at: usize) -> impl Iterator<Item = &Resolved> {
        let first = self
            .mentions
            .partition_point(|mention| mention.span.start < at);
        self.mentions
            .iter()
            .skip(first)
            .take_while(move |mention| mention.span.start == at)
    }

    /// Gives the mentions that end at a byte.
    pub(crate) fn ending(&self, at: usize) -> impl Iterator<Item = &Resolved> {
        self.near(Span::new(at, at))
            .filter(move |mention| mention.span.end == at)
    }

    /// Gives the mentions that contain a span.
    pub(crate) fn around(&self, span: Span) -> impl Iterator<Item = &Resolved> {
        self.near(span)
            .filter(move |mention| mention.span.contains(span))
    }

    /// Gives the mentions that start in a span or so shortly before it that they may reach it.
    pub(crate) fn near(&self, span: Span) -> impl Iterator<Item = &Resolved> {
        let from = span.start.saturating_sub(LONGEST);
        let first = self
            .mentions
            .partition_point(|mention| mention.span.start < from);
        self.mentions
            .iter()
            .skip(first)
            .take_while(move |mention| mention.span.start <= span.end)
    }

    /// Gives the key of the region.
    pub(crate) fn region_key(&self) -> Option<EntityKey> {
        self.region.map(entity::division_key)
    }
}

pub(crate) use chain::chained;
pub(crate) use region::region;

/// No mention is longer, in bytes (100 characters).
const LONGEST: usize = 100 * 3;

/// Decides what the candidates of a document name.
pub(crate) fn resolve<'k>(
    text: &Segmented<'k>,
    candidates: Vec<Candidate<'k>>,
    region: Option<&'k Division>,
) -> Resolution<'k> {
    let candidates = pack::assert(text, candidates);
    let linked = lower::settle(link::link(text, candidates, region));
    let standing = overlap::choose(text, linked);
    entity::assemble(text, standing, region)
}

#[cfg(test)]
mod tests;
