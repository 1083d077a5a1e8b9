//! Bytes of a document in, one [`Extraction`] out.
//!
//! Takes documents ([`read::Source`]) and what is known ([`Knowledge`]); returns metadata, mentions,
//! entities, statements, observations and diagnostics. Pure: the same bytes and the same packs give
//! the same result, whatever the machine, the time and the other documents. Refused alternative: a
//! statistical model for everything, which cannot say why it found a name.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use ingest::Ingester;
//! let ingester = Ingester::new(&[])?;
//! let found = ingester.extract_text("a.txt", "近日，中共白山市委召开会议。");
//! assert!(found.mentions.iter().any(|mention| mention.surface == "中共白山市委"));
//! # Ok(())
//! # }
//! ```

mod calendar;
mod extract;
mod fingerprint;
#[cfg(test)]
mod growth;
mod holes;
mod knowledge;
pub mod normalise;
mod number;
pub mod read;
pub mod reading;
mod recognise;
mod relate;
mod repair;
mod resolve;
mod segment;
mod structure;
pub mod tagger;
mod view;

pub use extract::Ingester;
pub use knowledge::{Knowledge, KnowledgeError, PackDigest};
pub use ontology::record::Extraction;
pub use view::{TextRun, TextView};
