//! Takes an extraction, returns each span of it that is not in its text or has other words there.

use ontology::record::{CharSpan, Extraction};

/// Gives a line for each fault: the document, the span, what is wrong.
pub(super) fn findings(extraction: &Extraction) -> Vec<String> {
    let document = &extraction.document;
    let characters: Vec<char> = document.text.chars().collect();
    let mut findings = Vec::new();
    let mut look = |span: CharSpan, words: Option<&str>| {
        let slice = characters
            .get(span.start..span.end)
            .filter(|slice| !slice.is_empty());
        let fault = match (slice, words) {
            (None, _) => "lies outside the text".to_owned(),
            (Some(slice), Some(words)) if !words.chars().eq(slice.iter().copied()) => {
                format!("has other words than {words}")
            }
            (Some(_), _) => return,
        };
        let CharSpan { start, end } = span;
        findings.push(format!("{}#char={start},{end} {fault}", document.id));
    };
    for mention in &extraction.mentions {
        look(mention.span, Some(&mention.surface));
    }
    for statement in &extraction.statements {
        look(statement.span, None);
    }
    for observation in &extraction.observations {
        look(observation.span, Some(&observation.anchor));
    }
    findings
}
