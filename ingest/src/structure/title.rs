//! Takes the lines of the head, returns headline, kicker and subtitle.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use super::date::{self, pattern};
use super::head::is_masthead;
use super::label::Field;
use super::line::{self, Line};
use super::{Labels, Structure, name};

/// Lines among which the headline is; what follows them are notes.
const TITLES: usize = 4;
/// A shorter line above a longer one names a column or a site.
const SHORT: usize = 5;
/// Longest name of a column and of an issuing body.
const COLUMN: usize = 8;
const ISSUER: usize = 25;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[〔\[（]20\d\d[〕\]）]\s*\d+\s*号|^第?\s*\d+\s*[号期版]$|20\d\d年(?:第\d+期|\d{1,2}月(?:版|号|刊)?$)",
    )
});
static INTERVIEW: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[^，：|]{2,10}(?:记者|频道)(?:专访|对话|访|走访|探访)"));

/// Reads the titles among the lines before the first paragraph (`body`).
pub(super) fn read(
    text: &str,
    lines: &[Line],
    body: usize,
    labels: &Labels,
    structure: &mut Structure,
) {
    let labelled = lines.iter().take(body).find_map(|line| {
        let fields = labels.fields(text, line.span);
        fields
            .into_iter()
            .find(|found| found.field == Field::Headline)
            .map(|found| found.value)
    });
    if labelled.is_some() {
        structure.headline = labelled;
        return;
    }
    let zone = zone(text, lines.get(..body).unwrap_or_default(), labels);
    let main = zone.iter().enumerate().position(|(index, &span)| {
        !is_subtitle(span.of(text)) && !is_kicker(text, span, zone.get(index + 1).copied(), labels)
    });
    let Some(main) = main else { return };
    let Some(&headline) = zone.get(main) else {
        return;
    };
    if zone.len() == 1 && is_section(text, headline, lines, body) {
        return;
    }
    structure.headline = Some(headline);
    structure.kicker = main
        .checked_sub(1)
        .and_then(|above| zone.get(above))
        .copied();
    structure.subtitle = zone.get(main + 1).copied();
}

/// Gives the lines that may be titles: those above the masthead, or below it where none is above.
fn zone(text: &str, head: &[Line], labels: &Labels) -> Vec<Span> {
    let mut titled = false;
    let masthead = head.iter().position(|line| {
        let slice = line.span.of(text);
        let author = titled && name::is_name(slice, labels);
        titled |= line.heading && may_be_title(text, line.span, labels);
        !line.furniture && (author || line::is_numbered(slice) || is_masthead(text, line, labels))
    });
    let (above, below) = head.split_at(masthead.unwrap_or(head.len()));
    let titles = |lines: &[Line]| -> Vec<Span> {
        let candidates = lines
            .iter()
            .filter(|line| line.heading)
            .map(|line| line.span);
        let titles = candidates
            .filter(|&span| may_be_title(text, span, labels))
            .take(TITLES);
        // 【…】 opens a headline, further down a fact.
        let noted = |span: Span| span.of(text).starts_with('【');
        titles
            .enumerate()
            .filter(|&(index, span)| index == 0 || !noted(span))
            .map(|(_, span)| span)
            .collect()
    };
    let found = titles(above);
    if found.is_empty() {
        titles(below)
    } else {
        found
    }
}

fn may_be_title(text: &str, span: Span, labels: &Labels) -> bool {
    let slice = span.of(text);
    let dated = date::first_date(slice).is_some() && !slice.contains("报告");
    // 【地址】 begins a line of facts, 【专题】 a headline.
    let noted = slice.starts_with(['（', '*', '※', '注'])
        || slice.strip_prefix('【').is_some_and(|rest| {
            let name = rest.split('】').next().unwrap_or_default();
            labels.speaks(name) == Some(false) || name.contains("编者")
        });
    let called = slice.ends_with('：');
    !dated
        && !noted
        && !called
        && !line::is_numbered(slice)
        && !NUMBER.is_match(slice)
        && labels.fields(text, span).is_empty()
}

fn is_subtitle(slice: &str) -> bool {
    slice.starts_with(['—', '–', '-'])
}

/// Tells whether a line stands above the headline: name of a column, of a series, of the body that
/// publishes, or who interviews whom.
fn is_kicker(text: &str, span: Span, next: Option<Span>, labels: &Labels) -> bool {
    let Some(next) = next
        .map(|next| next.of(text))
        .filter(|next| !is_subtitle(next))
    else {
        return false;
    };
    let slice = span.of(text);
    let (length, following) = (slice.chars().count(), next.chars().count());
    let longer = following > length;
    let series = slice.starts_with('“')
        && slice.ends_with('”')
        && slice.matches('“').count() == 1
        && slice.contains(['·', ' '])
        && !slice.contains(['，', '。']);
    series
        || length <= SHORT && longer
        || length <= COLUMN && longer && labels.ends_like("column", slice)
        || length <= ISSUER && labels.ends_like("issuer", slice) && !slice.contains(['，', '：'])
        || INTERVIEW.is_match(slice) && following >= COLUMN
        || slice.ends_with(['、', '|'])
}

/// Tells whether the only line above the text is one of several bare headings of sections.
fn is_section(text: &str, headline: Span, lines: &[Line], body: usize) -> bool {
    let short = |span: Span| span.of(text).chars().count() <= SHORT;
    short(headline)
        && lines
            .iter()
            .skip(body)
            .any(|line| line.heading && !line.furniture && short(line.span))
}
