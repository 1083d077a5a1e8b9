//! Takes a page's source, returns its tree as a browser would build it: elements and text only.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, parse_document};

use crate::read::error::ReadError;

/// Number of a node; the document is 0.
pub(crate) type Node = usize;

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind {
    Document,
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    Text(StrTendril),
    /// Comments and the like.
    Other,
}

#[derive(Debug)]
struct Slot {
    kind: Kind,
    parent: Option<Node>,
    /// Levels above it when it was put in.
    depth: usize,
    children: Vec<Node>,
}

/// A page.
#[derive(Debug)]
pub(crate) struct Tree {
    slots: Vec<Slot>,
}

/// Levels of elements above which a page is refused: the parser's time grows with their square, and
/// deeper pages are made to break readers.
pub(crate) const MAX_DEPTH: usize = 1_000;

/// Bytes that are parsed between two looks at how the tree grows.
const CHUNK: usize = 4_096;

/// Parses a page; any text is one.
///
/// # Errors
/// [`ReadError::Broken`] where the tree outgrows its source, as in pages made to break parsers.
pub(crate) fn parse(source: &str) -> Result<Tree, ReadError> {
    let root = Slot::new(Kind::Document);
    let sink = Builder {
        tree: RefCell::new(Tree { slots: vec![root] }),
        deepest: Cell::new(0),
    };
    let mut parser = parse_document(sink, ParseOpts::default());
    let mut rest = source;
    while !rest.is_empty() {
        let at = (CHUNK.min(rest.len())..=rest.len()).find(|&at| rest.is_char_boundary(at));
        let (chunk, tail) = rest
            .split_at_checked(at.unwrap_or(rest.len()))
            .unwrap_or((rest, ""));
        parser.process(StrTendril::from_slice(chunk));
        rest = tail;
        let builder = &parser.tokenizer.sink.sink;
        let outgrown = builder.tree.borrow().len() > source.len() + CHUNK;
        if outgrown || builder.deepest.get() > MAX_DEPTH {
            return Err(ReadError::broken(
                "html",
                "its elements are nested too deeply",
            ));
        }
    }
    Ok(parser.finish())
}

impl Slot {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            parent: None,
            depth: 0,
            children: Vec::new(),
        }
    }
}

impl Tree {
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn kind(&self, node: Node) -> &Kind {
        self.slots.get(node).map_or(&Kind::Other, |slot| &slot.kind)
    }

    pub(crate) fn parent(&self, node: Node) -> Option<Node> {
        self.slots.get(node)?.parent
    }

    pub(crate) fn children(&self, node: Node) -> &[Node] {
        self.slots.get(node).map_or(&[], |slot| &slot.children)
    }

    /// Gives an element's name; `""` for other nodes.
    pub(crate) fn name(&self, node: Node) -> &str {
        match self.kind(node) {
            Kind::Element { name, .. } => &name.local,
            Kind::Document | Kind::Text(_) | Kind::Other => "",
        }
    }

    pub(crate) fn attribute(&self, node: Node, wanted: &str) -> Option<&str> {
        match self.kind(node) {
            Kind::Element { attributes, .. } => attributes
                .iter()
                .find(|attribute| &*attribute.name.local == wanted)
                .map(|attribute| &*attribute.value),
            Kind::Document | Kind::Text(_) | Kind::Other => None,
        }
    }

    /// Gives all text below a node, white space as it is.
    pub(crate) fn text(&self, node: Node) -> String {
        let mut text = String::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if let Kind::Text(part) = self.kind(node) {
                text.push_str(part);
            }
            open.extend(self.children(node).iter().rev());
        }
        text
    }

    /// Gives all nodes below the document, in document order.
    pub(crate) fn nodes(&self) -> Vec<Node> {
        let mut found = Vec::with_capacity(self.len());
        let mut open = vec![0];
        while let Some(node) = open.pop() {
            found.push(node);
            open.extend(self.children(node).iter().rev());
        }
        found
    }

    fn add(&mut self, kind: Kind) -> Node {
        self.slots.push(Slot::new(kind));
        self.slots.len() - 1
    }

    fn detach(&mut self, node: Node) {
        let parent = self.slots.get_mut(node).and_then(|slot| slot.parent.take());
        if let Some(slot) = parent.and_then(|parent| self.slots.get_mut(parent)) {
            slot.children.retain(|&child| child != node);
        }
    }

    /// Puts a node, or text that joins the text before it, at a place among the children; tells how
    /// deep it lies there.
    fn insert(&mut self, parent: Node, at: usize, child: NodeOrText<Node>) -> usize {
        let node = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(text) => {
                let before = at
                    .checked_sub(1)
                    .and_then(|at| self.children(parent).get(at))
                    .copied();
                let before = before.and_then(|before| self.slots.get_mut(before));
                if let Some(Slot {
                    kind: Kind::Text(known),
                    ..
                }) = before
                {
                    known.push_tendril(&text);
                    return 0;
                }
                self.add(Kind::Text(text))
            }
        };
        let depth = self.slots.get(parent).map_or(0, |slot| slot.depth) + 1;
        if let Some(slot) = self.slots.get_mut(node) {
            slot.parent = Some(parent);
            slot.depth = depth;
        }
        if let Some(slot) = self.slots.get_mut(parent) {
            slot.children.insert(at.min(slot.children.len()), node);
        }
        depth
    }

    fn append(&mut self, parent: Node, child: NodeOrText<Node>) -> usize {
        self.insert(parent, self.children(parent).len(), child)
    }
}

/// Builds the tree at the parser's word.
struct Builder {
    tree: RefCell<Tree>,
    /// Levels of the deepest element so far.
    deepest: Cell<usize>,
}

impl TreeSink for Builder {
    type Handle = Node;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Node {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Node) -> Name {
        match self.tree.borrow().kind(*target) {
            Kind::Element { name, .. } => Name(name.clone()),
            Kind::Document | Kind::Text(_) | Kind::Other => Name(QualName::new(
                None,
                html5ever::ns!(html),
                LocalName::from(""),
            )),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Node {
        self.tree
            .borrow_mut()
            .add(Kind::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Node {
        self.tree.borrow_mut().add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Node {
        self.tree.borrow_mut().add(Kind::Other)
    }

    fn append(&self, parent: &Node, child: NodeOrText<Node>) {
        let depth = self.tree.borrow_mut().append(*parent, child);
        self.deepest.set(self.deepest.get().max(depth));
    }

    fn append_based_on_parent_node(
        &self,
        element: &Node,
        previous: &Node,
        child: NodeOrText<Node>,
    ) {
        let has_parent = self.tree.borrow().parent(*element).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Node) -> Node {
        *target
    }

    fn same_node(&self, x: &Node, y: &Node) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Node, child: NodeOrText<Node>) {
        let mut tree = self.tree.borrow_mut();
        if let Some(parent) = tree.parent(*sibling) {
            // What a table pushes out stands before it, and it is the last so far.
            let at = tree
                .children(parent)
                .iter()
                .rposition(|node| node == sibling)
                .unwrap_or(0);
            tree.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Node, new: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let slot = tree.slots.get_mut(*target);
        if let Some(Slot {
            kind: Kind::Element { attributes, .. },
            ..
        }) = slot
        {
            for attribute in new {
                if !attributes.iter().any(|known| known.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Node) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Node, new_parent: &Node) {
        let mut tree = self.tree.borrow_mut();
        let children = tree
            .slots
            .get_mut(*node)
            .map(|slot| std::mem::take(&mut slot.children));
        for child in children.unwrap_or_default() {
            if let Some(slot) = tree.slots.get_mut(child) {
                slot.parent = Some(*new_parent);
            }
            if let Some(slot) = tree.slots.get_mut(*new_parent) {
                slot.children.push(child);
            }
        }
    }
}

/// An element's name, handed to the parser.
#[derive(Debug)]
pub(crate) struct Name(QualName);

impl html5ever::interface::ElemName for Name {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}
