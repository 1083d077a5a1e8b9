//! Takes the lines of all pages, drops running heads, running feet and page numbers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::layout::Line;
use crate::structure::pattern;

/// Lines at the top and at the bottom of a page that may be no text.
const EDGE: usize = 2;

/// A head that stands on every third page at least is a running one.
const SHARE: usize = 3;

/// A line that is nothing but a page number, such as `- 3 -` or `第3页 共9页`.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[-—–―·•.\s\u{3000}]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,5})(?:\s*[页頁/])?(?:[\s，,/共]*\d{1,4}\s*[页頁]?)?[-—–―·•.\s]*$",
    )
});

/// What browsers print above and below a page: the time, the address and the number.
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:\d{1,4}/\d{1,2}/\d{1,4},?\s\d{1,2}:\d{2}|(?:file|https?)://\S*\s.*\d+/\d+$)")
});

/// Gives the lines that are text, page by page.
pub(super) fn drop(pages: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in &pages {
        for index in edges(page) {
            if let Some(line) = page.get(index) {
                *counts.entry(key(line)).or_default() += 1;
            }
        }
    }
    let count = pages.len();
    let running = |line: &Line| {
        let times = counts.get(&key(line)).copied().unwrap_or(0);
        times > 1 && times * SHARE >= count
    };
    let keep = |page: Vec<Line>| {
        let edges = edges(&page);
        let kept = page.into_iter().enumerate().filter(|(index, line)| {
            let furniture =
                running(line) || NUMBER.is_match(&line.text) || PRINTED.is_match(&line.text);
            !(furniture && edges.contains(index))
        });
        kept.map(|(_, line)| line).collect()
    };
    pages.into_iter().map(keep).collect()
}

/// Finds the lines at the top and at the bottom of a page, wherever they are drawn.
fn edges(page: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    let height = |index: &usize| page.get(*index).map_or(0.0, |line| line.y);
    order.sort_by(|a, b| height(a).total_cmp(&height(b)));
    let mut edges: Vec<usize> = order
        .iter()
        .take(EDGE)
        .chain(order.iter().rev().take(EDGE))
        .copied()
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The same for lines that differ in numbers only and stand at the same height.
fn key(line: &Line) -> String {
    let text: String = line
        .text
        .chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect();
    format!(
        "{:.0} {}",
        line.y / 4.0,
        text.replace("##", "#").replace("##", "#")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_in_all_forms() {
        for text in [
            "3",
            "- 3 -",
            "— 12 —",
            "第3页",
            "第 3 页 共 9 页",
            "第3页，共9页",
            "3/9",
            "·3·",
            "iv",
        ] {
            assert!(NUMBER.is_match(text), "{text}");
        }
        for text in ["2021年", "第三章", "12%", "3处", "2021-10-26"] {
            assert!(!NUMBER.is_match(text), "{text}");
        }
        assert!(PRINTED.is_match("2026/11/24 16:03\t题"));
        assert!(PRINTED.is_match("https://a.b/c 1/2"));
    }
}
