//! Stage 2: takes decoded text, returns it without the damage that copying, scraping and wrong
//! decoding did, each character with the code points it came from, and the list of what was done.
//!
//! Each kind of damage has its own detector, which must find traces that clean text does not have;
//! clean text is a fixed point. What cannot be restored with certainty is left as a hole (U+FFFD),
//! from which nothing is recognised.

mod blank;
mod codec;
mod confused;
mod edit;
mod entity;
mod invisible;
mod line;
mod mark;
mod misread;
mod mojibake;
mod pinyin;
mod reading;
mod shift;
mod traces;
mod words;
mod work;

pub(crate) use edit::Repair;
use edit::{Edit, apply};
use traces::Traces;

use crate::normalise::MappedText;

/// Repaired text with its map to the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repaired {
    /// The text, each character with the code points of the decoded original it stands for.
    pub(crate) text: MappedText,
    /// Whether anything was repaired.
    pub(crate) changed: bool,
    /// What was repaired, kind by kind in the order of the stages, each by rising place.
    pub(crate) repairs: Vec<Repair>,
    /// Code points of the original that are lost, half-open, rising.
    pub(crate) holes: Vec<(usize, usize)>,
}

impl Repaired {
    /// Takes a text as it is.
    pub(crate) fn plain(text: MappedText) -> Self {
        Self {
            text,
            changed: false,
            repairs: Vec::new(),
            holes: Vec::new(),
        }
    }
}

/// A stage: looks at the text as repaired so far, gives what to change, by rising place and
/// without overlap.
type Stage = fn(&str) -> Vec<Edit>;

/// Repairs a text.
pub(crate) fn repair(text: &str) -> Repaired {
    let mut repaired = Repaired::plain(MappedText::identity(text));
    let traces = Traces::of(text);
    // Re-encoded text first, since it hides every other trace; then what may stand between the
    // letters of other debris, and lines of one width, which later stages would make uneven; other
    // broken lines last, since they are judged by the characters at their ends.
    run(&mut repaired, traces.high_latin, mojibake::edits);
    run(&mut repaired, traces.misread_utf8, misread::edits);
    run(&mut repaired, traces.confused, confused::edits);
    let traces = if repaired.changed {
        Traces::of(repaired.text.as_str())
    } else {
        traces
    };
    run(&mut repaired, traces.ampersand, entity::edits);
    run(&mut repaired, traces.invisible, invisible::edits);
    run(&mut repaired, traces.line, line::wrapped);
    run(
        &mut repaired,
        traces.question || traces.bracket,
        pinyin::edits,
    );
    run(&mut repaired, traces.invisible, invisible::private);
    run(&mut repaired, traces.question, blank::edits);
    // Marks may have come together when what stood between them was removed.
    let doubled = traces.doubled || repaired.changed;
    run(&mut repaired, doubled, mark::edits);
    run(&mut repaired, traces.line, line::edits);
    if repaired.changed || traces.hole {
        repaired.holes = holes(&repaired.text);
    }
    repaired
}

fn run(repaired: &mut Repaired, needed: bool, stage: Stage) {
    if !needed {
        return;
    }
    let edits = stage(repaired.text.as_str());
    if edits.is_empty() {
        return;
    }
    let (text, repairs) = apply(&repaired.text, edits);
    repaired.text = text;
    repaired.repairs.extend(repairs);
    repaired.changed = true;
}

fn holes(text: &MappedText) -> Vec<(usize, usize)> {
    let mut holes: Vec<(usize, usize)> = Vec::new();
    for (c, origin, length) in text.chars() {
        if c != char::REPLACEMENT_CHARACTER {
            continue;
        }
        match holes.last_mut() {
            Some(last) if last.1 >= origin => last.1 = last.1.max(origin + length),
            Some(_) | None => holes.push((origin, origin + length)),
        }
    }
    holes
}

#[cfg(test)]
mod tests;
