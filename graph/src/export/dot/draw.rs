//! Takes a view, returns its DOT text.

use std::collections::{BTreeMap, BTreeSet};

use ontology::record::{EntityClass, EntityKey, Object, Predicate};

use super::style::{edge_colour, node_style};
use super::text::{quote, wrap};
use super::view::{View, ViewEdge};
use crate::label::{Lang, Terms};
use crate::model::KnowledgeGraph;

/// Above this many nodes `dot` takes long and its picture is no longer readable.
const MANY: usize = 300;
/// Most documents that a tooltip names.
const NAMED: usize = 5;
const FONT: &str = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif";

struct Pen<'a> {
    graph: &'a KnowledgeGraph,
    terms: &'a Terms,
    lang: Lang,
    /// Id of each document by its SHA-256.
    names: BTreeMap<&'a str, &'a str>,
    lines: Vec<String>,
}

/// Draws the view: comments, defaults, a cluster per region, nodes of no region, edges, legend.
pub(super) fn draw(graph: &KnowledgeGraph, view: &View<'_>, terms: &Terms, lang: Lang) -> String {
    let documents = graph
        .documents()
        .iter()
        .map(|extraction| &extraction.document);
    let names = documents
        .map(|d| (d.sha256.as_str(), d.id.as_str()))
        .collect();
    let mut pen = Pen {
        graph,
        terms,
        lang,
        names,
        lines: Vec::new(),
    };
    pen.head(view);
    let mut by_region: BTreeMap<Option<EntityKey>, Vec<&EntityKey>> = BTreeMap::new();
    for key in &view.nodes {
        by_region
            .entry(graph.home_region(key))
            .or_default()
            .push(key);
    }
    for (region, keys) in &by_region {
        match region {
            Some(region) if keys.len() > 1 => pen.cluster(region, keys),
            Some(_) | None => keys.iter().for_each(|key| pen.node(key, "  ")),
        }
    }
    for edge in &view.edges {
        pen.edge(edge);
    }
    pen.legend(&view.nodes.iter().filter_map(|key| key.class()).collect());
    pen.lines.push("}".to_owned());
    pen.lines.join("\n") + "\n"
}

impl Pen<'_> {
    fn head(&mut self, view: &View<'_>) {
        let (nodes, edges) = (view.nodes.len(), view.edges.len());
        self.lines
            .push(format!("// fangzhi: {nodes} nodes, {edges} edges"));
        if view.over_limit > 0 {
            let count = view.over_limit;
            self.lines.push(format!(
                "// left out: {count} less connected entities; --limit {} shows them",
                nodes + count
            ));
        }
        if view.unrelated > 0 {
            let count = view.unrelated;
            self.lines.push(format!(
                "// left out: {count} entities without a relation in this view"
            ));
        }
        if nodes > MANY {
            self.lines
                .push("// many nodes: draw with `sfdp -Tsvg`, or add layout=sfdp".to_owned());
        }
        let title = quote(self.terms.get("title", self.lang));
        let font = quote(FONT);
        self.lines.extend([
            "digraph fangzhi {".to_owned(),
            format!(
                "  graph [charset=\"UTF-8\", rankdir=LR, ranksep=0.9, nodesep=0.16, \
                     overlap=prism, splines=true, pad=0.3, newrank=true, outputorder=edgesfirst, \
                     bgcolor=white, tooltip={title}, fontname={font}, fontsize=13];"
            )
            .replace("                     ", ""),
            format!(
                "  node [fontname={font}, fontsize=11, margin=\"0.11,0.05\", height=0.3, \
                     penwidth=1.4, fontcolor=\"#1A1A1A\"];"
            )
            .replace("                     ", ""),
            format!("  edge [fontname={font}, fontsize=8, arrowsize=0.6, penwidth=0.9];"),
        ]);
    }

    fn cluster(&mut self, region: &EntityKey, keys: &[&EntityKey]) {
        let label = self.graph.entity(region).map_or("", |entity| &entity.label);
        let label = quote(label);
        self.lines.push(format!(
            "  subgraph {} {{",
            quote(&format!("cluster {region}"))
        ));
        self.lines.push(format!(
            "    label={label}; labeljust=l; tooltip={label}; style=\"rounded,filled\"; color=\"#B8B8B8\"; \
             fillcolor=\"#F7F7F7\"; fontcolor=\"#444444\"; margin=14;"
        ));
        for key in keys {
            self.node(key, "    ");
        }
        self.lines.push("  }".to_owned());
    }

    fn node(&mut self, key: &EntityKey, indent: &str) {
        let Some(entity) = self.graph.entity(key) else {
            return;
        };
        let look = node_style(entity.class);
        let class = self.terms.class(entity.class, self.lang);
        let documents: Vec<&str> = self
            .graph
            .documents_naming(key)
            .map(|e| e.document.id.as_str())
            .collect();
        let posts = self.posts(key);
        let mut label = wrap(&entity.label);
        if let Some(post) = posts.first() {
            label = format!("{label}\n{}", wrap(post));
        }
        let mut tooltip = format!("{class} {}", entity.label);
        for more in posts.iter().chain(&entity.kind.as_deref()) {
            tooltip.push('\n');
            tooltip.push_str(more);
        }
        tooltip.push('\n');
        tooltip.push_str(&self.sources(&documents));
        self.lines.push(format!(
            "{indent}{} [label={}, shape={}, style={}, color={}, fillcolor={}, tooltip={}];",
            quote(key.as_str()),
            quote(&label),
            look.shape,
            quote(look.style),
            quote(look.outline),
            quote(look.fill),
            quote(&tooltip),
        ));
    }

    /// Gives the posts of a person, sorted.
    fn posts(&self, key: &EntityKey) -> Vec<&str> {
        let relations = self.graph.relations_from(key);
        relations
            .filter_map(|relation| match &relation.object {
                Object::Post { label, .. } => Some(label.as_str()),
                Object::Entity(_) | Object::Document => None,
            })
            .collect()
    }

    /// Gives how many documents say so, and the first few of them.
    fn sources(&self, documents: &[&str]) -> String {
        if documents.is_empty() {
            return self.terms.get("gazetteer", self.lang).to_owned();
        }
        let word = self.terms.get("documents", self.lang);
        let named: Vec<&str> = documents.iter().take(NAMED).copied().collect();
        let more = if documents.len() > NAMED { " …" } else { "" };
        format!("{} {word}: {}{more}", documents.len(), named.join(", "))
    }

    fn edge(&mut self, edge: &ViewEdge<'_>) {
        let predicate = edge.relation.predicate;
        let documents: Vec<&str> = edge
            .relation
            .documents
            .iter()
            .filter_map(|sha256| self.names.get(sha256.as_str()).copied())
            .collect();
        let label = quote(self.terms.predicate(predicate, self.lang));
        let tooltip = quote(&self.sources(&documents));
        let colour = edge_colour(predicate);
        // The gazetteer's own edges stand back; so does whose part a place is.
        let style = if predicate == Predicate::PartOf {
            "dashed"
        } else {
            "solid"
        };
        self.lines.push(format!(
            "  {} -> {} [label={label}, color=\"{colour}\", fontcolor=\"{colour}\", style={style}, \
             tooltip={tooltip}, labeltooltip={tooltip}];",
            quote(edge.subject.as_str()),
            quote(edge.object.as_str()),
        ));
    }

    fn legend(&mut self, classes: &BTreeSet<EntityClass>) {
        let title = quote(self.terms.get("legend", self.lang));
        self.lines
            .push("  subgraph \"cluster legend\" {".to_owned());
        self.lines.push(format!(
            "    label={title}; labeljust=l; tooltip={title}; style=rounded; color=\"#B8B8B8\"; \
             fontcolor=\"#444444\"; margin=10;"
        ));
        for &class in classes {
            let look = node_style(class);
            let label = quote(self.terms.class(class, self.lang));
            self.lines.push(format!(
                "    {} [label={label}, shape={}, style={}, color={}, fillcolor={}, fontsize=10, \
                 tooltip={label}];",
                quote(&format!("legend {class}")),
                look.shape,
                quote(look.style),
                quote(look.outline),
                quote(look.fill),
            ));
        }
        self.lines.push("  }".to_owned());
    }
}
