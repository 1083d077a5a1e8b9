//! The trained model of the tagger of names, as bytes; `tagger/SOURCE.md` names its source and licence.

/// The model, in the layout that `ingest::tagger` reads and writes.
pub const MODEL: &[u8] = include_bytes!("../tagger/names.model");
