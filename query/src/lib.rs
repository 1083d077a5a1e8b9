//! Takes a linked [`KnowledgeGraph`](graph::KnowledgeGraph), returns RDF, answers and reports.
//!
//! In the order of the flow: [`rdf`] lays the graph out as quads, [`canonical`] sorts them into the
//! one form that is hashed and kept, [`kb`] keeps it on disk and opens it, [`sparql`] answers
//! queries and [`canned`] holds ready-made ones, [`summary`] counts and looks names up, [`export`]
//! and [`compare`] write what leaves, [`check`] looks for what is wrong with a knowledge base, [`evaluation`] holds a graph against
//! hand-made answers.
//!
//! What is kept is the canonical form, sorted N-Quads; a store is only ever a copy of it, in memory
//! or (feature `rocksdb`) on disk. Refused alternative: the store as the original, which no other
//! tool reads and which two builds never write alike.
//!
//! ```
//! use ontology::gazetteer::Gazetteer;
//! use ontology::record::{Document, Entity, EntityClass, EntityKey, Extraction};
//! use query::kb::{CreateOptions, KnowledgeBase};
//! use query::rdf::RunInfo;
//!
//! let site = Entity {
//!     key: EntityKey::new(EntityClass::RedSite, "杨靖宇烈士陵园"), class: EntityClass::RedSite,
//!     label: "杨靖宇烈士陵园".into(), aliases: vec![], adcode: None, level: None, parent: None,
//!     kind: Some("烈士陵园".into()),
//! };
//! let text = "参观杨靖宇烈士陵园。".to_owned();
//! let document = Document {
//!     id: "a.txt".into(), sha256: "9f86d081884c7d659a2feaa0c55ad015".into(),
//!     text, ..Document::default()
//! };
//! let extraction = Extraction {
//!     document, entities: vec![site], mentions: vec![], statements: vec![],
//!     observations: vec![], diagnostics: vec![],
//! };
//!
//! let folder = std::env::temp_dir().join(format!("fangzhi-doc-{}", std::process::id()));
//! let run = RunInfo { tool_version: "0.1.0".into(), packs: vec![] };
//! let options = CreateOptions::default();
//! KnowledgeBase::create(&folder, vec![extraction], Gazetteer::shared()?, &run, &options)?;
//!
//! let kb = KnowledgeBase::open(&folder)?;
//! let query = "SELECT ?name { ?site a fz:RedSite ; skos:prefLabel ?name } ORDER BY ?name";
//! let table = query::sparql::table(kb.store()?, &kb.prefixes(), query, None)?;
//! assert_eq!(table.rows, [["杨靖宇烈士陵园"]]);
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod canned;
pub mod canonical;
pub mod check;
pub mod compare;
mod delivery;
pub mod evaluation;
pub mod export;
pub mod indicators;
pub mod kb;
pub mod rdf;
mod region;
pub mod sparql;
pub mod summary;

#[cfg(test)]
mod tests;
