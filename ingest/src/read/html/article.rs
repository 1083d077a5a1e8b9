//! Takes a page's lines, returns those of its article.
//!
//! The article is the smallest element that holds nearly all running text of the page; running
//! text is what has sentence marks and few links. Its headline and the lines between the two belong
//! to it; lines of links, what is furniture by class, and lists of other articles do not.
//!
//! # Source
//! Kohlschütter, Fankhauser, Nejdl: Boilerplate Detection using Shallow Text Features, WSDM 2010,
//! for link density and text length as the features that matter.

use super::block::Block;
use super::tree::{Node, Tree};
use super::words;

/// Share of the running text that an element must hold to be the article, in per cent.
const SHARE: usize = 75;

/// A line with more than this share of linked characters, in per cent, is a list of links.
const LINKED: usize = 50;

/// Longest line between headline and text.
const LONGEST_MASTHEAD: usize = 120;

/// Furthest that a headline stands from its text, in lines.
const FURTHEST: usize = 15;

/// Gives the article's lines.
pub(super) fn text(tree: &Tree, blocks: &[Block], title: Option<&str>) -> String {
    let weights: Vec<usize> = blocks.iter().map(weight).collect();
    let root = container(tree, blocks, &weights);
    let inside: Vec<bool> = blocks
        .iter()
        .map(|block| is_below(tree, block.node, root))
        .collect();
    let first = inside.iter().position(|&inside| inside).unwrap_or(0);
    let start = headline(blocks, first, title);
    let last = end(blocks, &inside, &weights);
    let mut text = String::new();
    for (index, block) in blocks.iter().enumerate().take(last).skip(start) {
        let within = inside.get(index).copied().unwrap_or(false);
        // Whatever stands between the headline and the text, such as the source line.
        let masthead = index < first && block.length <= LONGEST_MASTHEAD;
        let is_title = index == start && block.heading.is_some();
        if is_title || ((within || masthead) && !block.furniture && !is_links(block)) {
            text.push_str(&block.text);
            text.push('\n');
        }
    }
    text
}

/// How much running text a line is.
fn weight(block: &Block) -> usize {
    let marks = block
        .text
        .chars()
        .filter(|c| "，。；：、？！,.;?!".contains(*c))
        .count();
    if block.furniture || is_links(block) || marks == 0 {
        return 0;
    }
    block.length.saturating_sub(block.linked)
}

fn is_links(block: &Block) -> bool {
    block.linked * 100 > block.length * LINKED
}

/// Finds the smallest element that holds nearly all of the running text.
fn container(tree: &Tree, blocks: &[Block], weights: &[usize]) -> Node {
    let mut sums = vec![0_usize; tree.len()];
    for (block, &weight) in blocks.iter().zip(weights) {
        let mut node = Some(block.node);
        while let Some(at) = node.filter(|_| weight > 0) {
            if let Some(sum) = sums.get_mut(at) {
                *sum += weight;
            }
            node = tree.parent(at);
        }
    }
    let sum = |node: Node| sums.get(node).copied().unwrap_or(0);
    let mut root = 0;
    loop {
        let best = tree
            .children(root)
            .iter()
            .copied()
            .max_by_key(|&child| sum(child));
        match best {
            Some(child) if sum(child) > 0 && sum(child) * 100 >= sum(root) * SHARE => root = child,
            // One of several columns is the article if it is far ahead of the others.
            Some(child) if is_column(tree, child) && is_ahead(tree, root, child, &sum) => {
                root = child
            }
            _ => break,
        }
    }
    // A page with one paragraph: what holds it.
    if matches!(
        tree.name(root),
        "p" | "h1" | "h2" | "li" | "blockquote" | "pre"
    ) {
        root = tree.parent(root).unwrap_or(root);
    }
    root
}

fn is_column(tree: &Tree, node: Node) -> bool {
    matches!(
        tree.name(node),
        "div" | "article" | "main" | "section" | "td" | "table" | "tbody" | "tr"
    ) && tree.children(node).len() > 3
}

fn is_ahead(tree: &Tree, root: Node, child: Node, sum: &impl Fn(Node) -> usize) -> bool {
    let others = tree.children(root).iter().filter(|&&other| other != child);
    let second = others.map(|&other| sum(other)).max().unwrap_or(0);
    let alike = tree
        .children(root)
        .iter()
        .filter(|&&other| sum(other) > 0)
        .count();
    // Sections of one article are many and of one size.
    alike <= 4 && sum(child) * 2 > sum(root) && sum(child) > second * 3
}

fn is_below(tree: &Tree, node: Node, root: Node) -> bool {
    let mut at = Some(node);
    while let Some(node) = at {
        if node == root {
            return true;
        }
        at = tree.parent(node);
    }
    false
}

/// Finds the line of the headline: the heading before the text that the page's title repeats, else
/// the last heading of the first level; else the first line of the text.
fn headline(blocks: &[Block], first: usize, title: Option<&str>) -> usize {
    let title = title.map(packed).unwrap_or_default();
    let near = first.saturating_sub(FURTHEST);
    let candidates = || blocks.iter().enumerate().take(first + 1).skip(near).rev();
    let repeated = |block: &Block| {
        let text = packed(&block.text);
        text.chars().count() > 4 && title.starts_with(&text)
    };
    candidates()
        .find(|(_, block)| repeated(block) && !is_links(block))
        .or_else(|| candidates().find(|(_, block)| block.heading == Some(1)))
        .map_or(first, |(index, _)| index)
}

fn packed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Finds where the article ends: before a heading of related articles that most of the running text
/// stands above; one in a column to the left has it below.
fn end(blocks: &[Block], inside: &[bool], weights: &[usize]) -> usize {
    let last = inside
        .iter()
        .rposition(|&inside| inside)
        .map_or(blocks.len(), |last| last + 1);
    let total: usize = weights.iter().take(last).sum();
    let mut after = 0;
    let mut end = last;
    for index in (0..last).rev() {
        let Some(block) = blocks.get(index) else {
            break;
        };
        if words::is_related_heading(&block.text) && after * 2 < total {
            end = index;
        }
        after += weights.get(index).copied().unwrap_or(0);
    }
    end
}
