//! Statistical help for the recognisers: takes a segmented text, returns stretches that look like
//! names of persons, places and bodies, with how sure it is.
//!
//! A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) over characters,
//! trained by [`train`] on sentences with names; weights are integers, so that every machine decides
//! alike. It only proposes: rules and lists decide.

mod chain;
mod decode;
mod feature;
mod label;
mod model;
mod train;

use ontology::record::{EntityClass, Span};

pub use model::{Model, ModelError};
pub use train::{Example, train};

use crate::segment::Segmented;
use feature::Features;

/// Longer sentences are cut: a window costs memory by its length.
const LONGEST_WINDOW: usize = 1200;

/// A stretch that looks like a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tagged {
    /// Bytes of the normalised text.
    pub(crate) span: Span,
    pub(crate) class: EntityClass,
    /// Natural logarithm of how much likelier the best reading with this name is than the best one
    /// without it, times [`model::SCALE`].
    pub(crate) margin: i32,
}

impl Tagged {
    /// Gives the margin as a natural logarithm.
    pub(crate) fn nats(&self) -> f64 {
        f64::from(self.margin) / f64::from(model::SCALE)
    }
}

/// Tags a whole text; sorted by span, none overlap.
pub(crate) fn tag(text: &Segmented<'_>, model: &Model) -> Vec<Tagged> {
    let mut found = Vec::new();
    for &sentence in &text.structure.sentences {
        for window in windows(text.text, sentence.span) {
            let features = Features::of(text, window);
            found.extend(decode::decode(model, &features, window.end));
        }
    }
    found
}

fn windows(text: &str, sentence: Span) -> Vec<Span> {
    let mut windows = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > LONGEST_WINDOW {
        let mut end = start + LONGEST_WINDOW;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        windows.push(Span::new(start, end));
        start = end;
    }
    windows.push(Span::new(start, sentence.end));
    windows
}

#[cfg(test)]
mod tests;
