//! Many extractions in, one linked [`KnowledgeGraph`] out.
//!
//! Takes the [`Extraction`](ontology::record::Extraction)s of many documents, returns the graph of
//! what they say together: equal things have one key, labels are merged, every relation knows its
//! documents, and the administrative divisions above the places stand in from the gazetteer.
//! The order of the input never matters.
//!
//! Identity is conservative: it rests on keys first and on alias evidence within one class second
//! ([`KnowledgeGraph::build`] says which); each merge has a named rule with a score, and [`explain`]
//! tells why two names are one or are not. Refused alternative: similarity over names, which links
//! more and cannot say why.
//!
//! ```
//! use graph::KnowledgeGraph;
//! use ontology::gazetteer::Gazetteer;
//! use ontology::record::{Document, Entity, EntityClass, EntityKey, Extraction};
//! let key = EntityKey::new(EntityClass::Place, "220622");
//! let county = Entity {
//!     key: key.clone(), class: EntityClass::Place, label: "靖宇县".into(), aliases: vec![],
//!     adcode: Some("220622".into()), level: None, parent: None, kind: None,
//! };
//! let document = Document {
//!     id: "a.txt".into(), sha256: "00".into(), about: Some(key), text: "靖宇县".into(),
//!     ..Document::default()
//! };
//! let extraction = Extraction {
//!     document, entities: vec![county], mentions: vec![], statements: vec![],
//!     observations: vec![], diagnostics: vec![],
//! };
//! let graph = KnowledgeGraph::build(vec![extraction], Gazetteer::shared()?);
//! // The county, and 白山市, 吉林省 and 中国 above it.
//! assert!(graph.entity(&EntityKey::new(EntityClass::Place, "220600")).is_some());
//! # Ok::<(), ontology::gazetteer::GazetteerError>(())
//! ```

mod algorithm;
mod export;
mod gather;
mod hierarchy;
mod identity;
mod indicators;
mod label;
mod link;
mod merge;
mod model;

pub use identity::explain::{Bearer, Explanation, MentionQuote, Verdict, explain};
pub use identity::{CannotLink, Merge, MergeRule};

pub use algorithm::Stop;
pub use export::{DotError, DotOptions, Network};
pub use indicators::IndicatorUse;
pub use label::{Lang, Terms};
pub use model::{KnowledgeGraph, Relation};

#[cfg(test)]
mod tests;
