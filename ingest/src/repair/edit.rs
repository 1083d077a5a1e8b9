//! Takes a text and the changes of one stage, returns the changed text and what was changed.

use std::ops::Range;

use serde::Serialize;

use crate::normalise::MappedText;

/// What kind of damage was repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RepairKind {
    /// Text decoded in another encoding than its own.
    Mojibake,
    /// A character reference left undecoded.
    Entity,
    /// A reading in brackets behind a character.
    Reading,
    /// Characters cut across the boundaries of their bytes.
    Shifted,
    /// A lost character, restored from its reading and its neighbours.
    Restored,
    /// A character lost for good; a hole is left.
    Lost,
    /// An invisible or private character.
    Invisible,
    /// Question marks where blanks were.
    Blank,
    /// A mark written twice in two widths.
    DoubledMark,
    /// A line break inside a sentence.
    BrokenLine,
}

/// One repair, for people to check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Repair {
    /// The kind of damage.
    pub(crate) kind: RepairKind,
    /// First code point of the decoded original.
    pub(crate) start: usize,
    /// First code point behind.
    pub(crate) end: usize,
    /// The text before.
    pub(crate) before: String,
    /// The text after; empty where it was removed.
    pub(crate) after: String,
}

/// A new character and the bytes of the old text that it comes from.
pub(super) type Piece = (char, Range<usize>);

/// One change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) kind: RepairKind,
    /// Bytes of the text that go.
    pub(super) span: Range<usize>,
    /// Characters that come in their place, by rising start.
    pub(super) pieces: Vec<Piece>,
}

impl Edit {
    /// Removes bytes.
    pub(super) fn remove(kind: RepairKind, span: Range<usize>) -> Self {
        Self {
            kind,
            span,
            pieces: Vec::new(),
        }
    }

    /// Puts one character in the place of bytes.
    pub(super) fn replace(kind: RepairKind, span: Range<usize>, c: char) -> Self {
        Self {
            kind,
            pieces: vec![(c, span.clone())],
            span,
        }
    }
}

/// Applies changes, which are sorted and do not overlap; a change that overlaps the one before or
/// does not lie on characters is left out.
pub(super) fn apply(old: &MappedText, edits: Vec<Edit>) -> (MappedText, Vec<Repair>) {
    let text = old.as_str();
    let mut new = MappedText::with_capacity(text.len());
    let mut repairs = Vec::with_capacity(edits.len());
    let mut source = text.char_indices().zip(old.chars()).peekable();
    let mut done = 0;
    for edit in edits {
        let Some(before) = text
            .get(edit.span.clone())
            .filter(|_| edit.span.start >= done)
        else {
            continue;
        };
        while let Some((_, (c, origin, length))) =
            source.next_if(|&((byte, _), _)| byte < edit.span.start)
        {
            new.push_wide(c, origin, length);
        }
        while source
            .next_if(|&((byte, _), _)| byte < edit.span.end)
            .is_some()
        {}
        for (c, from) in &edit.pieces {
            let (start, end) = old.original(from.start, from.end);
            new.push_wide(*c, start, end - start);
        }
        let (start, end) = old.original(edit.span.start, edit.span.end);
        let after = edit.pieces.iter().map(|&(c, _)| c).collect();
        repairs.push(Repair {
            kind: edit.kind,
            start,
            end,
            before: before.to_owned(),
            after,
        });
        done = edit.span.end;
    }
    for (_, (c, origin, length)) in source {
        new.push_wide(c, origin, length);
    }
    (new, repairs)
}
