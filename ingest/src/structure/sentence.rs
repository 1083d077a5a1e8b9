//! Takes a line, returns its sentences.

use ontology::record::Span;

/// Bytes within which an opening quote keeps its sentence together (60 characters).
const LONGEST_QUOTATION: usize = 180;

/// Gives the sentences of `line` (a span of `text`): each ends after 。！？； or … and the closing
/// quotes and brackets behind it. Marks inside a short quotation do not end one, and neither does an
/// ellipsis in the middle of a sentence (等……的). Full stops of ASCII are decimals, abbreviations and
/// numbers of items, and end none.
pub(super) fn sentences(text: &str, line: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = line.start;
    let mut opened: Vec<(char, usize)> = Vec::new();
    let mut chars = line.of(text).char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if let Some(closing) = closing(c) {
            opened.push((closing, offset));
        } else if let Some(depth) = opened.iter().rposition(|&(closing, _)| closing == c) {
            opened.truncate(depth);
        }
        // A mark that never closes must not swallow the rest of the line.
        let outside = opened
            .first()
            .is_none_or(|&(_, opened)| offset - opened > LONGEST_QUOTATION);
        let next = chars.peek().map(|&(_, next)| next);
        let ends = outside
            && match c {
                '。' | '！' | '？' | '；' => true,
                '…' => next.is_none_or(|next| !"，、；：的了等和与及”’》".contains(next)),
                '”' | '）' | '】' => {
                    ends_quotation(line.of(text), offset)
                        && !next.is_some_and(|next| "，、。；：的".contains(next))
                }
                _ => false,
            };
        let closes = next.is_some_and(|next| "”’）】》」…！？。".contains(next));
        if ends && !closes {
            let end = line.start + offset + c.len_utf8();
            push(text, &mut found, Span::new(start, end));
            start = end;
        }
    }
    push(text, &mut found, Span::new(start, line.end));
    found
}

fn closing(c: char) -> Option<char> {
    Some(match c {
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        '（' => '）',
        '【' => '】',
        _ => return None,
    })
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
        let cases: [(&str, &[&str]); 10] = [
            ("甲来了。乙走了！", &["甲来了。", "乙走了！"]),
            ("他说：“好。”然后走了。", &["他说：“好。”", "然后走了。"]),
            (
                "学“读原著。学原文”，都好。 完",
                &["学“读原著。学原文”，都好。", "完"],
            ),
            ("一是学；二是做", &["一是学；", "二是做"]),
            ("增长3.5%。1.6万人来过。", &["增长3.5%。", "1.6万人来过。"]),
            (
                "米、面、油……的价钱稳住了。真好……走吧。",
                &["米、面、油……的价钱稳住了。", "真好……", "走吧。"],
            ),
            ("（见第3页。）下一句。", &["（见第3页。）", "下一句。"]),
            (
                "看《问：谁来了？》的人多。",
                &["看《问：谁来了？》的人多。"],
            ),
            (
                "“他说‘等等。再说’，我信。”老李笑了。",
                &["“他说‘等等。再说’，我信。”", "老李笑了。"],
            ),
            ("真的吗？！真的。", &["真的吗？！", "真的。"]),
        ];
        for (text, expected) in cases {
            let got: Vec<_> = sentences(text, Span::new(0, text.len()))
                .iter()
                .map(|span| span.of(text))
                .collect();
            assert_eq!(got, expected);
        }
    }
}
