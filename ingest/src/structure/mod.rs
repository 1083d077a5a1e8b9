//! Stage 4: takes normalised text, returns its headline, date, byline, speakers and sentences;
//! page furniture is left out.

mod date;
mod foot;
mod head;
mod label;
mod line;
mod name;
mod page;
mod sentence;
mod speaker;
mod title;
mod year;

use ontology::record::Span;

pub(crate) use date::{Date, digits, pattern, years};
pub(crate) use label::Labels;

/// What a document's layout says; all spans are bytes of the normalised text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Structure {
    /// The headline.
    pub(crate) headline: Option<Span>,
    /// The line above it: a column, a series, who publishes.
    pub(crate) kicker: Option<Span>,
    /// The line below it.
    pub(crate) subtitle: Option<Span>,
    /// Publication date: from the masthead, a labelled line, or a dateline.
    pub(crate) published: Option<Date>,
    /// The publisher's name as the source line has it.
    pub(crate) publisher: Option<Span>,
    /// The site that a trail of breadcrumbs begins with; the publisher where nothing else says it.
    pub(crate) site: Option<Span>,
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
    /// Texts under pictures.
    pub(crate) captions: Vec<Span>,
    /// Lines of the page that are not the article's, without those that name people or the source;
    /// nothing in them is to become a fact.
    pub(crate) furniture: Vec<Span>,
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
    /// Whether it is part of an item of a list.
    pub(crate) item: bool,
}

impl Structure {
    /// Reads the layout of a normalised text.
    pub(crate) fn read(text: &str, labels: &Labels) -> Self {
        let mut lines = line::lines(text, labels);
        page::mark(text, &mut lines, labels);
        let mut structure = Self::default();
        speaker::read(text, &mut lines, labels, &mut structure);
        let body = lines
            .iter()
            .position(|line| line.body)
            .unwrap_or(lines.len());
        structure.body_start = lines.get(body).map_or(text.len(), |line| line.span.start);
        line::mark_headings(text, &mut lines, body, labels);
        title::read(text, &lines, body, labels, &mut structure);
        head::read(text, &lines, body, labels, &mut structure);
        foot::read(text, &lines, labels, &mut structure);
        structure.captions = lines
            .iter()
            .filter(|line| line.caption)
            .map(|line| line.span)
            .collect();
        structure.furniture = furniture(text, &lines, labels);
        structure.sentences = sentences(text, &lines);
        structure
    }

    /// Tells whether a span lies in the page and not in the article.
    pub(crate) fn is_furniture(&self, span: Span) -> bool {
        let index = self
            .furniture
            .partition_point(|line| line.end <= span.start);
        self.furniture
            .get(index)
            .is_some_and(|line| line.overlaps(span))
    }

    /// Finds the sentence that holds byte `at`.
    pub(crate) fn sentence_at(&self, at: usize) -> Option<&Sentence> {
        let index = self
            .sentences
            .partition_point(|sentence| sentence.span.end <= at);
        self.sentences
            .get(index)
            .filter(|sentence| sentence.span.start <= at)
    }
}

/// Lines of menus, lists and legal notices; those that name editors or the source are read.
fn furniture(text: &str, lines: &[line::Line], labels: &Labels) -> Vec<Span> {
    lines
        .iter()
        .filter(|line| line.furniture)
        .map(|line| line.span)
        .filter(|&span| labels.fields(text, span).is_empty() && !page::is_trail(span.of(text)))
        .collect()
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
        found.extend(
            sentence::sentences(text, line.span)
                .into_iter()
                .map(|span| Sentence {
                    span,
                    line: number,
                    section,
                    heading: line.heading,
                    item: line.item,
                }),
        );
    }
    found
}

#[cfg(test)]
mod tests;
