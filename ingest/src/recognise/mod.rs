//! Stage 6: takes a segmented text, returns candidates for names; one module per class, each
//! beside its table of examples. Candidates may overlap: `resolve` decides.

mod anniversary;
mod event;
mod organization;
mod person;
mod phrase;
mod place;
mod program;
mod redsite;
mod short_form;
mod slogan;
mod step;
mod suffix;
mod tagged;
mod work;

use ontology::gazetteer::Division;
use ontology::record::{EntityClass, PlaceLevel, Span};

use crate::knowledge::Entry;
use crate::segment::Segmented;

pub(crate) use place::places;
pub(crate) use slogan::Weights;

/// A span that may name an entity.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'k> {
    /// What a reader would highlight, in bytes of the normalised text.
    pub(crate) span: Span,
    pub(crate) class: EntityClass,
    /// Between 0 and 1.
    pub(crate) score: f64,
    /// The rule that made it.
    pub(crate) rule: &'static str,
    /// Name without outer quotation marks.
    pub(crate) label: String,
    /// Further names that the same words give.
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: Option<String>,
    pub(crate) target: Target<'k>,
}

/// What a candidate may refer to.
#[derive(Debug, Clone)]
pub(crate) enum Target<'k> {
    /// Only its name is known.
    Name,
    /// One of these divisions; `short` when the text has a short name.
    Divisions {
        divisions: Vec<&'k Division>,
        short: bool,
    },
    /// A place below the gazetteer or outside it.
    Local(PlaceLevel),
    /// An entry of a list of things known by themselves.
    Known(&'k Entry),
    /// A short form such as 市委 that stands for a body of the document's region.
    ShortBody(&'k Entry),
    /// The body of a township or village that another candidate names.
    LowerBody(Box<Candidate<'k>>),
}

impl<'k> Candidate<'k> {
    /// Makes a candidate named by its own words.
    pub(crate) fn new(
        text: &str,
        span: Span,
        class: EntityClass,
        score: f64,
        rule: &'static str,
    ) -> Self {
        Self {
            span,
            class,
            score,
            rule,
            label: phrase::unquoted(span.of(text)),
            aliases: Vec::new(),
            kind: None,
            target: Target::Name,
        }
    }

    /// Makes a candidate that names an entry of a list.
    pub(crate) fn known(
        span: Span,
        class: EntityClass,
        score: f64,
        rule: &'static str,
        entry: &'k Entry,
    ) -> Self {
        Self {
            span,
            class,
            score,
            rule,
            label: entry.name.clone(),
            aliases: entry.aliases.clone(),
            kind: entry.kind(),
            target: Target::Known(entry),
        }
    }

    /// Sets the kind.
    pub(crate) fn of_kind(mut self, kind: Option<String>) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the name and adds another.
    pub(crate) fn named(mut self, label: String, alias: Option<String>) -> Self {
        self.aliases.extend(alias.filter(|alias| *alias != label));
        self.label = label;
        self
    }
}

/// Tells whether a character alone stands for the document's own division of a level (市委, 县第几届).
pub(crate) fn is_level(c: char) -> bool {
    matches!(
        c,
        '省' | '市' | '县' | '区' | '州' | '盟' | '旗' | '镇' | '乡'
    )
}

/// Runs every recogniser after [`places`], whose candidates it takes along; candidates come sorted
/// by span.
pub(crate) fn recognise<'k>(
    text: &Segmented<'k>,
    mut found: Vec<Candidate<'k>>,
) -> Vec<Candidate<'k>> {
    found.extend(place::townships(text));
    found.sort_by_key(|candidate| candidate.span);
    found.extend(short_form::short_forms(text, &found));
    found.sort_by_key(|candidate| candidate.span);
    found.extend(tagged::tagged(text, &found));
    let mut people = person::people(text);
    people.sort_by_key(|person| person.span);
    found.extend(organization::organizations(text, &found));
    found.extend(redsite::sites(text, &people));
    found.extend(event::events(text));
    found.extend(anniversary::anniversaries(text));
    found.extend(work::works(text));
    found.extend(program::programs(text));
    found.extend(people);
    found.sort_by_key(|candidate| (candidate.span, candidate.class));
    found
}

#[cfg(test)]
mod tests;
