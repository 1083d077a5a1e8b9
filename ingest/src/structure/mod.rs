//! Stage 4: takes normalised text, returns its headline, date, byline, speakers and sentences;
//! page furniture is left out.

mod date;
mod head;
mod label;
mod line;
mod sentence;

use ontology::record::Span;

pub(crate) use date::{Date, digits, pattern, years};
pub(crate) use label::Labels;

/// What a document's layout says; all spans are bytes of the normalised text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Structure {
    /// The headline.
    pub(crate) headline: Option<Span>,
    /// Publication date: from the masthead, a labelled line, or a dateline.
    pub(crate) published: Option<Date>,
    /// The publisher's name as the source line has it.
    pub(crate) publisher: Option<Span>,
    /// Stretches that name the authors.
    pub(crate) bylines: Vec<Span>,
    /// Stretches that name editors and the like.
    pub(crate) editors: Vec<Span>,
    /// Stretches that name who asks.
    pub(crate) interviewers: Vec<Span>,
    /// Stretches that name who answers.
    pub(crate) guests: Vec<Span>,
    /// Names before the colon of a paragraph that someone says, at each place.
    pub(crate) speakers: Vec<Span>,
    /// Sentences in reading order, head and foot included, furniture left out.
    pub(crate) sentences: Vec<Sentence>,
    /// First byte of the first paragraph.
    pub(crate) body_start: usize,
}

/// One sentence, or one line that is none (a heading).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Where.
    pub(crate) span: Span,
    /// Number of its line, from 0; sentences of one paragraph share it.
    pub(crate) line: usize,
    /// The heading above it.
    pub(crate) section: Option<Span>,
    /// Whether it is a heading itself.
    pub(crate) heading: bool,
}

impl Structure {
    /// Reads the layout of a normalised text.
    pub(crate) fn read(text: &str, labels: &Labels) -> Self {
        let lines = line::lines(text, labels);
        let mut structure = Self::default();
        let body = lines.iter().position(|line| line.body).unwrap_or(lines.len());
        structure.body_start = lines.get(body).map_or(text.len(), |line| line.span.start);
        head::read(text, &lines, body, labels, &mut structure);
        structure.speakers = line::speakers(text, &lines, labels);
        structure.sentences = sentences(text, &lines);
        structure
    }

    /// Finds the sentence that holds byte `at`.
    pub(crate) fn sentence_at(&self, at: usize) -> Option<&Sentence> {
        let index = self.sentences.partition_point(|sentence| sentence.span.end <= at);
        self.sentences.get(index).filter(|sentence| sentence.span.start <= at)
    }
}

fn sentences(text: &str, lines: &[line::Line]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut section = None;
    for (number, line) in lines.iter().enumerate() {
        if line.furniture {
            continue;
        }
        if line.heading {
            section = Some(line.span);
        }
        found.extend(sentence::sentences(text, line.span).into_iter().map(|span| Sentence {
            span,
            line: number,
            section,
            heading: line.heading,
        }));
    }
    found
}

#[cfg(test)]
mod tests;
