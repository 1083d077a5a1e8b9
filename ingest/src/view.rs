//! A text as the recognisers see it: takes a reading, returns its repaired and Simplified text with
//! the map back, the metadata, the repairs and the holes.

use serde::Serialize;

use crate::extract::Ingester;
use crate::normalise::{self, MappedText};
use crate::read::Reading;
use crate::repair::{self, Repair};
use crate::structure::{Date, Structure};

/// A document as the recognisers see it. Offsets count code points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextView {
    /// File name or id.
    pub id: String,
    /// Repaired, in one width and in Simplified characters; lines end with a line feed.
    pub text: String,
    /// What the document was read as, such as `txt` or `html`.
    pub format: String,
    /// The encoding that the bytes were read in, as the WHATWG standard names it.
    pub encoding: String,
    /// How certain the encoding is, between 0 and 1.
    pub encoding_certainty: f64,
    /// Headline, Simplified.
    pub headline: Option<String>,
    /// Publication date, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Publisher, Simplified.
    pub publisher: Option<String>,
    /// Names of the authors that the format states.
    pub authors: Vec<String>,
    /// Where it was published, as the format states.
    pub url: Option<String>,
    repairs: Vec<Repair>,
    /// Stretches of the decoded original that are lost, half-open.
    pub holes: Vec<(usize, usize)>,
    /// The map back, by rising place; together the runs cover `text`.
    pub map: Vec<TextRun>,
}

/// A stretch of the text whose characters stand for consecutive code points of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TextRun {
    /// First code point in the text.
    pub text: usize,
    /// First code point of the decoded original.
    pub original: usize,
    /// Code points in the text; each stands for one of the original, but for a run of one, which
    /// may stand for `width`.
    pub length: usize,
    /// Code points of the original that each character stands for.
    pub width: usize,
}

impl Ingester {
    /// Gives a document as the recognisers see it.
    #[must_use]
    pub fn view(&self, reading: &Reading) -> TextView {
        let knowledge = self.knowledge();
        let repaired = repair::repair(&reading.text);
        let mapped = normalise::normalise(&repaired, &knowledge.simplifier);
        let text = mapped.as_str();
        let structure = Structure::read(text, &knowledge.labels);
        let published = structure
            .published
            .filter(|date| date.day.is_some())
            .map(Date::iso);
        let headline = structure.headline.map(|span| span.of(text).to_owned());
        let publisher = structure.publisher.map(|span| span.of(text).to_owned());
        let metadata = &reading.metadata;
        TextView {
            id: reading.id.clone(),
            format: reading.format.name().to_owned(),
            encoding: reading.encoding.to_owned(),
            encoding_certainty: reading.certainty,
            headline: metadata
                .headline
                .as_deref()
                .map(|line| self.normalised(line))
                .or(headline),
            published: metadata.published.clone().or(published),
            publisher: metadata
                .publisher
                .as_deref()
                .map(|name| self.normalised(name))
                .or(publisher),
            authors: metadata
                .authors
                .iter()
                .map(|name| self.normalised(name))
                .collect(),
            url: metadata.url.clone(),
            repairs: repaired.repairs,
            holes: repaired.holes,
            map: runs(&mapped),
            text: text.to_owned(),
        }
    }
}

fn runs(mapped: &MappedText) -> Vec<TextRun> {
    let mut runs: Vec<TextRun> = Vec::new();
    for (text, (_, original, width)) in mapped.chars().enumerate() {
        match runs.last_mut() {
            Some(run) if width == 1 && run.width == 1 && run.original + run.length == original => {
                run.length += 1;
            }
            _ => runs.push(TextRun {
                text,
                original,
                length: 1,
                width,
            }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Metadata;

    #[test]
    fn runs_cover_the_text_and_point_into_the_original() {
        let ingester = Ingester::new(&[]).unwrap();
        let original = "電(diàn)視(shì)臺(tái)播出《白山》。";
        let view = ingester.view(&Reading::new("a.txt", original, Metadata::default()));
        assert_eq!(view.text, "电视台播出《白山》。");
        let chars: Vec<char> = original.chars().collect();
        let mut next = 0;
        for run in &view.map {
            assert_eq!(run.text, next);
            next += run.length;
            assert!(run.original + run.length * run.width <= chars.len());
        }
        assert_eq!(next, view.text.chars().count());
        assert!(!view.repairs.is_empty());
    }
}
