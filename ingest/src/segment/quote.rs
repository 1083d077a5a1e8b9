//! Quotations and titles.

use ontology::record::Span;

/// Which marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuoteKind {
    /// “…” or ‘…’.
    Quote,
    /// 《…》.
    Title,
}

/// A stretch between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quote {
    pub(crate) kind: QuoteKind,
    /// With its marks.
    pub(crate) outer: Span,
    /// Without.
    pub(crate) inner: Span,
}

/// Marks that are further apart belong to speech, not to a name.
const LONGEST: usize = 60 * 3;
/// The same with both marks.
pub(super) const LONGEST_OUTER: usize = LONGEST + 2 * 3;
/// Open marks among which the one that a mark closes is looked for: no text nests deeper, and to look
/// at all of them for each mark would take the square of their number.
const DEEPEST: usize = 64;

/// Finds the quotations of a text, sorted by start; nested ones too, no one across lines.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '\n' => open.clear(),
            '“' | '‘' | '《' => open.push((c, at, at + c.len_utf8())),
            '”' | '’' | '》' => {
                let opening = match c {
                    '”' => '“',
                    '’' => '‘',
                    _ => '《',
                };
                let near = open.len().saturating_sub(DEEPEST);
                if let Some(position) = open
                    .iter()
                    .skip(near)
                    .rposition(|&(mark, ..)| mark == opening)
                    && let Some((_, start, inside)) = open.drain(near + position..).next()
                    && at > inside
                    && at - inside <= LONGEST
                {
                    let kind = if c == '》' {
                        QuoteKind::Title
                    } else {
                        QuoteKind::Quote
                    };
                    let outer = Span::new(start, at + c.len_utf8());
                    found.push(Quote {
                        kind,
                        outer,
                        inner: Span::new(inside, at),
                    });
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|quote| (quote.outer.start, std::cmp::Reverse(quote.outer.end)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_quotations_are_all_found() {
        let text = "“‘四史’教育”进校园，《某报》”。\n“未完\n";
        let got: Vec<_> = quotes(text)
            .iter()
            .map(|quote| quote.inner.of(text))
            .collect();
        assert_eq!(got, ["‘四史’教育", "四史", "某报"]);
    }
}
