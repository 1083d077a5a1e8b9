//! Cuts a line into sentences.

use ontology::record::Span;

/// Bytes within which an opening quote keeps its sentence together (60 characters).
const LONGEST_QUOTATION: usize = 180;

/// Gives the sentences of `line` (a span of `text`): each ends after 。！？； or … and the closing
/// quotes and brackets behind it. Marks inside a short quotation do not end one.
pub(super) fn sentences(text: &str, line: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = line.start;
    let mut opened: Option<usize> = None;
    let mut chars = line.of(text).char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        match c {
            '“' | '《' | '（' => opened = opened.or(Some(offset)),
            '”' | '》' | '）' => opened = None,
            _ => {}
        }
        // A mark that never closes must not swallow the rest of the line.
        let outside = opened.is_none_or(|opened| offset - opened > LONGEST_QUOTATION);
        let next = chars.peek().map(|&(_, next)| next);
        let ends = matches!(c, '。' | '！' | '？' | '；' | '…') && outside
            || matches!(c, '”' | '）') && outside && ends_quotation(line.of(text), offset)
                && !next.is_some_and(|next| matches!(next, '，' | '、' | '。' | '；' | '的'));
        let closes = next.is_some_and(|next| matches!(next, '”' | '’' | '）' | '…' | '！' | '？'));
        if ends && !closes {
            let end = line.start + offset + c.len_utf8();
            push(text, &mut found, Span::new(start, end));
            start = end;
        }
    }
    push(text, &mut found, Span::new(start, line.end));
    found
}

/// Tells whether the mark before the closing quote at `offset` ends a sentence.
fn ends_quotation(line: &str, offset: usize) -> bool {
    line.get(..offset)
        .and_then(|before| before.chars().next_back())
        .is_some_and(|c| matches!(c, '。' | '！' | '？'))
}

fn push(text: &str, found: &mut Vec<Span>, span: Span) {
    let trimmed = trim(text, span);
    if !trimmed.is_empty() {
        found.push(trimmed);
    }
}

/// Gives the span without blanks at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let start = span.start + (slice.len() - slice.trim_start().len());
    Span::new(start, start + slice.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_after_marks_and_closing_quotes() {
        let cases: [(&str, &[&str]); 4] = [
            ("甲来了。乙走了！", &["甲来了。", "乙走了！"]),
            ("他说：“好。”然后走了。", &["他说：“好。”", "然后走了。"]),
            ("学“读原著。学原文”，都好。 完", &["学“读原著。学原文”，都好。", "完"]),
            ("一是学；二是做", &["一是学；", "二是做"]),
        ];
        for (text, expected) in cases {
            let got: Vec<_> =
                sentences(text, Span::new(0, text.len())).iter().map(|span| span.of(text)).collect();
            assert_eq!(got, expected);
        }
    }
}
