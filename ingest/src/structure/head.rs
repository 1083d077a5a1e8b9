//! Head and foot of an article: headline, date, source, byline, editors, interview roles.

use ontology::record::Span;

use super::label::Field;
use super::line::Line;
use super::sentence::trim;
use super::{Labels, Structure, date};

/// Lines after the last paragraph that may hold a dateline or editors.
const FOOT: usize = 12;
/// Longest line that is a bare list of names.
const NAMES: usize = 24;

/// Fills in what the lines before the first paragraph (`body`) and all labelled lines say.
pub(super) fn read(
    text: &str,
    lines: &[Line],
    body: usize,
    labels: &Labels,
    structure: &mut Structure,
) {
    let head = lines.get(..body).unwrap_or_default();
    structure.headline = headline(text, head, labels);
    for (index, line) in lines.iter().enumerate() {
        // Labels stand in the head, in the foot, and in short lines; 时间：… in running text is
        // no publication date.
        if index < body || !line.body {
            for (field, span) in labels.fields(text, line.span) {
                place(text, field, span, structure);
            }
        }
    }
    for line in head.iter().filter(|line| !line.furniture) {
        masthead(text, line.span, labels, structure);
    }
    foot(text, lines, structure);
}

fn place(text: &str, field: Field, span: Span, structure: &mut Structure) {
    match field {
        Field::Published => {
            structure.published = structure.published.or(date::first_date(span.of(text)));
        }
        Field::Publisher => {
            structure.publisher = structure.publisher.or(Some(publisher(text, span)));
        }
        Field::Byline => structure.bylines.push(span),
        Field::Editor => structure.editors.push(span),
        Field::Interviewer => structure.interviewers.push(span),
        Field::Guest => structure.guests.push(span),
    }
}

/// The source's name ends at the first blank.
fn publisher(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let end = slice.find([' ', '\n', '（']).unwrap_or(slice.len());
    Span::new(span.start, span.start + end)
}

/// Headings among which the headline is; what follows them are notes.
const TITLES: usize = 3;

/// Takes the longest of the first headings (kicker, headline, subtitle) before the first paragraph
/// that is no date, byline or label.
fn headline(text: &str, head: &[Line], labels: &Labels) -> Option<Span> {
    head.iter()
        .filter(|line| line.heading)
        .map(|line| line.span)
        .filter(|&span| date::first_date(span.of(text)).is_none() || span.of(text).contains("报告"))
        .filter(|&span| !span.of(text).starts_with(['—', '【', '（']) && !is_byline(text, span, labels))
        .take(TITLES)
        .max_by_key(|&span| (span.of(text).chars().count(), std::cmp::Reverse(span.start)))
}

/// Tells whether a line of the head names authors and nothing else.
fn is_byline(text: &str, span: Span, labels: &Labels) -> bool {
    let slice = span.of(text);
    let marked = slice.starts_with(['□', '■', '●', '◎', '○', '▲', '◆', '〇']);
    let short = slice.chars().count() <= NAMES * 2;
    // 记者 某某 通讯员 某某: a role, a blank, a name.
    let spoken = labels.names(Field::Byline).any(|label| {
        slice.match_indices(label).any(|(at, _)| {
            slice.get(at + label.len()..).is_some_and(|rest| rest.starts_with([' ', '：', '/']))
        })
    });
    !labels.fields(text, span).is_empty() || names_only(text, span) || short && (marked || spoken)
}

/// Reads an unlabelled line of the head: a date, or authors after □ or as bare names.
fn masthead(text: &str, span: Span, labels: &Labels, structure: &mut Structure) {
    let slice = span.of(text);
    structure.published = structure.published.or_else(|| date::first_date(slice));
    if !labels.fields(text, span).is_empty() || Some(span) == structure.headline {
        return;
    }
    let short = slice.chars().count() <= NAMES * 2;
    // 某县县长 某某 under the title of a report.
    let titled = short && slice.contains(' ') && ends_with_name(slice);
    if is_byline(text, span, labels) || titled {
        structure.bylines.push(span);
    }
}

/// Tells whether a line is nothing but names of two to four characters between blanks.
fn names_only(text: &str, span: Span) -> bool {
    let slice = span.of(text);
    let words: Vec<&str> = slice.split_whitespace().collect();
    slice.chars().count() <= NAMES
        && words.len() > 1
        && words.iter().all(|word| {
            (2..=4).contains(&word.chars().count()) && word.chars().all(crate::normalise::is_han)
        })
}

fn ends_with_name(slice: &str) -> bool {
    slice.rsplit(' ').next().is_some_and(|word| {
        (2..=4).contains(&word.chars().count()) && word.chars().all(crate::normalise::is_han)
    })
}

/// Reads the date of a dateline (本报某地10月26日电) or under the last paragraph.
fn foot(text: &str, lines: &[Line], structure: &mut Structure) {
    let last = lines.iter().rposition(|line| line.body).unwrap_or(0);
    let foot = lines.get(last.saturating_sub(1)..).unwrap_or_default();
    if structure.published.is_none() {
        structure.published = foot
            .iter()
            .take(FOOT)
            .filter(|line| !line.body)
            .find_map(|line| date::first_date(line.span.of(text)));
    }
    if structure.published.is_none() {
        let year = date::years(text).max();
        structure.published = lines
            .iter()
            .map(|line| line.span.of(text))
            .filter_map(dateline)
            .find_map(|line| date::first_month_day(line, year?));
    }
    structure.bylines.extend(lines.iter().filter_map(|line| bracketed_byline(text, line.span)));
}

/// Gives the dateline of a line: what stands before 电 or 讯 in brackets or at its start.
fn dateline(line: &str) -> Option<&str> {
    let end = line.find("日电").or_else(|| line.find("日讯"))?;
    let before = line.get(..end + "日".len())?;
    let start = before.rfind(['（', '(', '。', ' ']).unwrap_or(0);
    before.get(start..).filter(|dateline| dateline.chars().count() <= NAMES)
}

/// Finds （记者 某某 通讯员 某某） in a line.
fn bracketed_byline(text: &str, line: Span) -> Option<Span> {
    let slice = line.of(text);
    let start = slice.match_indices('（').map(|(at, mark)| at + mark.len()).find(|&at| {
        slice.get(at..).is_some_and(|rest| {
            ["记者", "本报记者", "通讯员", "本网记者", "文/", "作者"].iter().any(|w| rest.starts_with(w))
        })
    })?;
    let length = slice.get(start..)?.find('）')?;
    (length <= NAMES * 3 * 2)
        .then(|| trim(text, Span::new(line.start + start, line.start + start + length)))
}
