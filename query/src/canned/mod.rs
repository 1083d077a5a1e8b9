//! Takes the name of a ready-made question, returns its SPARQL.
//!
//! The questions are the files of `questions/`, in the order of their numbers: comment lines
//! `# zh: …` and `# en: …` with their titles, then the query. Each is about the default graph unless
//! it asks for evidence, and orders by every column that it gives, since the store has no order.
//!
//! ```
//! let question = query::canned::find("red-sites").unwrap();
//! assert_eq!(question.title(graph::Lang::En), "Red sites of each region and whom they commemorate");
//! assert!(question.sparql().contains("fz:RedSite"));
//! ```

use graph::Lang;

/// A ready-made question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    name: &'static str,
    text: &'static str,
}

macro_rules! questions {
    ($($number:literal $name:literal),* $(,)?) => {
        const QUESTIONS: &[Question] = &[$(Question::new(
            $name,
            include_str!(concat!("../../questions/", $number, "-", $name, ".rq")),
        )),*];
    };
}

questions! {
    "01" "red-sites",
    "02" "shared-indicators",
    "03" "people-posts",
    "04" "shared-programs",
    "05" "commemorations",
    "06" "works",
    "07" "events",
    "08" "organizations",
    "09" "top-numbers",
    "10" "evidence",
    "11" "documents",
    "12" "province-comparison",
    "13" "shared-names",
    "14" "targets",
    "15" "interviews",
    "16" "region-numbers",
    "17" "region-things",
    "18" "completion",
    "19" "program-regions",
    "20" "sites-by-kind",
    "21" "sites-by-county",
}

impl Question {
    /// Makes a question of the text of its file.
    pub(crate) const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text }
    }

    /// Gives the name by which it is asked for.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Gives what it asks, in one line; empty only where the file has no title, which a test forbids.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let mark = match lang {
            Lang::Zh => "# zh: ",
            Lang::En => "# en: ",
        };
        self.text
            .lines()
            .find_map(|line| line.strip_prefix(mark))
            .unwrap_or_default()
    }

    /// Gives the query.
    #[must_use]
    pub fn sparql(self) -> &'static str {
        self.text
    }
}

/// Gives all questions, in their order.
#[must_use]
pub fn list() -> &'static [Question] {
    QUESTIONS
}

/// Finds the question with this name.
#[must_use]
pub fn find(name: &str) -> Option<Question> {
    QUESTIONS
        .iter()
        .find(|question| question.name == name)
        .copied()
}

#[cfg(test)]
mod tests;
