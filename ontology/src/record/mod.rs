//! The records that the stages exchange: one [`Extraction`] per document and what is in it.
//!
//! Offsets in records are Unicode code points of the decoded original document ([`CharSpan`]),
//! because records are what leaves a process (JSON Lines, caches, clusters); byte offsets
//! ([`Span`]) never leave `ingest`.

mod diagnostic;
mod document;
mod entity;
mod extraction;
pub mod fingerprint;
mod mention;
mod nesting;
mod observation;
mod span;
mod statement;

pub use diagnostic::{Diagnostic, Severity};
pub use document::Document;
pub use entity::{Entity, EntityClass, EntityKey, PlaceLevel};
pub use extraction::Extraction;
pub use mention::Mention;
pub use observation::{Observation, Qualifier};
pub use span::{CharSpan, Span};
pub use statement::{Object, Predicate, Statement};
