//! Takes a repaired text, returns where it has holes: what touches one is not known to be whole.

use ontology::record::Span;

/// The holes (U+FFFD) of a text, as bytes, rising.
pub(crate) struct Holes(Vec<Span>);

impl Holes {
    pub(crate) fn of(text: &str) -> Self {
        let hole = |(at, hole): (usize, &str)| Span::new(at, at + hole.len());
        Self(
            text.match_indices(char::REPLACEMENT_CHARACTER)
                .map(hole)
                .collect(),
        )
    }

    /// Tells whether a hole lies in a span or beside it.
    pub(crate) fn touch(&self, span: Span) -> bool {
        let first = self.0.partition_point(|hole| hole.end < span.start);
        self.0.get(first).is_some_and(|hole| hole.start <= span.end)
    }

    /// Tells whether they leave an observation whole: none lies in it, nor before it in the clause
    /// where what it counts stands elsewhere and may be what is lost.
    pub(crate) fn leave(&self, text: &str, span: Span, counted: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let before = text.get(..span.start).unwrap_or_default();
        let clause = before
            .rfind(['，', '。', '；', '：', '！', '？', '\n'])
            .filter(|_| !span.of(text).contains(counted));
        let from = clause.unwrap_or(span.start);
        !self.touch(Span::new(from, span.end)) && !counted.contains(char::REPLACEMENT_CHARACTER)
    }
}
