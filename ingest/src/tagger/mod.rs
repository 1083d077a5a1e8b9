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
mod template;
mod train;

use std::sync::OnceLock;

use ontology::record::{EntityClass, Span};

pub use model::{Model, ModelError};
pub use train::{Example, train};

use crate::normalise::is_han;
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
    let mut features = Features::default();
    for &sentence in &text.structure.sentences {
        for window in windows(text.text, sentence.span) {
            if !window.of(text.text).chars().any(is_han) {
                continue;
            }
            features.look(text, window);
            let names = decode::decode(model, &features, window.end);
            if !names.is_empty() && !is_damaged(window.of(text.text)) {
                found.extend(names);
            }
        }
    }
    found
}

/// Tells whether more than every sixth Chinese character lies outside GB 2312, whose 6,763 characters
/// nearly all Simplified text is written with: what a wrong decoding left looks like names.
fn is_damaged(text: &str) -> bool {
    let (mut all, mut rare) = (0_usize, 0_usize);
    for c in text.chars().filter(|&c| !c.is_ascii()) {
        match common(c) {
            Common::Mark => {}
            Common::Character => all += 1,
            Common::No => (all, rare) = (all + 1, rare + 1),
        }
    }
    rare * 6 > all
}

/// What GB 2312 has a character as.
#[derive(Clone, Copy)]
enum Common {
    Mark,
    Character,
    No,
}

/// Looks a character up in a table that is made once: encoding one takes as long as reading a line.
fn common(c: char) -> Common {
    static TABLE: OnceLock<Vec<Common>> = OnceLock::new();
    let table = TABLE.get_or_init(|| ('\0'..='\u{ffff}').map(encoded).collect());
    // The characters stand without the surrogates, which are no characters.
    const SURROGATES: u32 = 0x800;
    let number = u32::from(c);
    let number = if number < 0xd800 {
        number
    } else {
        number - SURROGATES
    };
    let known = usize::try_from(number).ok().and_then(|n| table.get(n));
    known.copied().unwrap_or(Common::No)
}

fn encoded(c: char) -> Common {
    let mut buffer = [0; 4];
    let (bytes, ..) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    match *bytes {
        // GBK's first two rows are marks.
        [0xa1..=0xa3, 0xa1..=0xff] => Common::Mark,
        [0xb0..=0xf7, 0xa1..=0xff] => Common::Character,
        _ => Common::No,
    }
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
