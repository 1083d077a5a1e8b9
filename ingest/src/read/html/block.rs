//! Takes a page's tree, returns its lines of text in reading order: paragraphs, headings, list
//! items, rows of tables.

use super::tree::{Kind, MAX_DEPTH, Node, Tree};
use super::words;

/// A line of text of a page.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The element that it stands in, the innermost that is no inline element.
    pub(crate) node: Node,
    /// Without white space at either end, without line breaks.
    pub(crate) text: String,
    /// Characters of it that are within links.
    pub(crate) linked: usize,
    /// All characters of it.
    pub(crate) length: usize,
    /// Whether it stands in an element that is no article by name, class or position.
    pub(crate) furniture: bool,
    /// 1 to 6 for headings.
    pub(crate) heading: Option<u8>,
}

/// Elements without text for a reader.
const SILENT: [&str; 24] = [
    "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "embed",
    "canvas", "audio", "video", "select", "option", "button", "textarea", "input", "head", "rt",
    "rp", "map", "datalist", "dialog", "title",
];

/// Elements that are page furniture whatever their class.
const FURNITURE: [&str; 4] = ["nav", "footer", "aside", "menu"];

/// Elements that stand within a line.
const INLINE: [&str; 40] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "picture", "img",
    "source", "bold",
];

/// Gives the lines of a page.
pub(crate) fn blocks(tree: &Tree) -> Vec<Block> {
    let lengths = lengths(tree);
    let most = lengths.first().copied().unwrap_or(0) * MAIN / 100;
    let mut walk = Walk {
        tree,
        lengths,
        most,
        found: Vec::new(),
        line: Line::default(),
    };
    let state = State {
        node: 0,
        linked: false,
        furniture: false,
        heading: None,
        kept: false,
        row: false,
    };
    walk.children(0, state, 0);
    walk.end(state);
    walk.found
}

/// An element with more than this share of the page's text, in per cent, is no furniture, however
/// it is called.
const MAIN: usize = 40;

/// Counts the bytes of text below each node.
fn lengths(tree: &Tree) -> Vec<usize> {
    let mut lengths = vec![0_usize; tree.len()];
    for &node in tree.nodes().iter().rev() {
        let mut length = lengths.get(node).copied().unwrap_or(0);
        if let Kind::Text(text) = tree.kind(node) {
            length = text.trim().len();
        }
        if SILENT.contains(&tree.name(node)) {
            length = 0;
        }
        if let Some(slot) = lengths.get_mut(node) {
            *slot = length;
        }
        if let Some(parent) = tree.parent(node).and_then(|parent| lengths.get_mut(parent)) {
            *parent += length;
        }
    }
    lengths
}

#[derive(Debug, Clone, Copy)]
struct State {
    node: Node,
    linked: bool,
    furniture: bool,
    heading: Option<u8>,
    /// White space is as written.
    kept: bool,
    /// Within a row of a table that is one line.
    row: bool,
}

/// The open line.
#[derive(Debug, Default)]
struct Line {
    text: String,
    linked: usize,
    length: usize,
    /// White space that waits for what follows it.
    space: Option<Space>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    /// A line break of the source.
    Break,
    Blank,
    /// Between two cells.
    Cell,
}

struct Walk<'t> {
    tree: &'t Tree,
    lengths: Vec<usize>,
    /// Length of text from which on an element is no furniture by its class.
    most: usize,
    found: Vec<Block>,
    line: Line,
}

impl Walk<'_> {
    fn children(&mut self, node: Node, state: State, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let tree = self.tree;
        for &child in tree.children(node) {
            match tree.kind(child) {
                Kind::Text(text) => self.text(text, state),
                Kind::Element { .. } => self.element(child, state, depth + 1),
                Kind::Document | Kind::Other => {}
            }
        }
    }

    fn element(&mut self, node: Node, state: State, depth: usize) {
        let name = self.tree.name(node);
        // Some pages hide the article until a script has run.
        let is_main = self
            .lengths
            .get(node)
            .is_some_and(|&length| length > self.most);
        if SILENT.contains(&name) || (!is_main && is_hidden(self.tree, node)) {
            return;
        }
        let mut inner = state;
        inner.furniture |=
            FURNITURE.contains(&name) || (!is_main && words::is_furniture(self.tree, node));
        inner.linked |= name == "a" && self.tree.attribute(node, "href").is_some();
        if INLINE.contains(&name) {
            // A link or mark of another kind than its line: what it says of itself counts.
            self.children(
                node,
                State {
                    furniture: state.furniture,
                    ..inner
                },
                depth,
            );
            return;
        }
        match name {
            "br" | "hr" => return self.end(state),
            "td" | "th" if state.row => {
                self.children(node, inner, depth);
                self.line.space = Some(Space::Cell);
                return;
            }
            "tr" => inner.row = is_line(self.tree, node),
            "pre" => inner.kept = true,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                inner.heading = name.get(1..).and_then(|level| level.parse().ok());
            }
            _ if state.row => return self.children(node, inner, depth),
            _ => {}
        }
        self.end(state);
        inner.node = node;
        self.children(node, inner, depth);
        self.end(inner);
    }

    fn text(&mut self, text: &str, state: State) {
        for c in text.chars() {
            match c {
                '\n' | '\r' if state.kept => self.end(state),
                '\n' | '\r' => self.line.space = self.line.space.max(Some(Space::Break)),
                ' ' | '\t' | '\u{C}' => {
                    // The indent of the next line of the source is no blank.
                    self.line.space = self.line.space.or(Some(Space::Blank));
                }
                _ => self.line.push(c, state.linked),
            }
        }
    }

    /// Ends the open line.
    fn end(&mut self, state: State) {
        let line = std::mem::take(&mut self.line);
        let text = line.text.trim();
        if text.is_empty() {
            return;
        }
        self.found.push(Block {
            node: state.node,
            text: text.to_owned(),
            linked: line.linked,
            length: line.length,
            furniture: state.furniture,
            heading: state.heading,
        });
    }
}

impl Line {
    fn push(&mut self, c: char, linked: bool) {
        if let Some(space) = self.space.take() {
            let before = self.text.chars().next_back();
            let wide = before.is_some_and(is_wide) && is_wide(c);
            match space {
                _ if before.is_none() => {}
                Space::Cell => self.text.push('\t'),
                Space::Break if wide => {}
                Space::Break | Space::Blank => self.text.push(' '),
            }
        }
        self.text.push(c);
        if !c.is_whitespace() {
            self.length += 1;
            self.linked += usize::from(linked);
        }
    }
}

/// Characters of scripts that are written without blanks.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

fn is_hidden(tree: &Tree, node: Node) -> bool {
    if tree.attribute(node, "hidden").is_some() {
        return true;
    }
    let style = tree.attribute(node, "style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Tells whether a row of a table has several short cells without paragraphs of their own; a table
/// that holds the page's columns has not.
fn is_line(tree: &Tree, row: Node) -> bool {
    const LONGEST: usize = 200;
    let cells = tree
        .children(row)
        .iter()
        .filter(|&&cell| matches!(tree.name(cell), "td" | "th"));
    let mut count = 0;
    for &cell in cells {
        count += 1;
        let nested = tree.children(cell).iter().any(|&child| {
            matches!(
                tree.name(child),
                "table" | "ul" | "ol" | "h1" | "h2" | "h3" | "article"
            )
        });
        if nested
            || tree
                .text(cell)
                .chars()
                .filter(|c| !c.is_whitespace())
                .count()
                > LONGEST
        {
            return false;
        }
    }
    count > 1
}
