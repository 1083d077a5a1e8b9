//! Everything that fangzhi *knows*, and the records that its stages exchange.
//!
//! Takes nothing; gives the vocabulary ([`vocab`]), the rules for IRIs ([`iri`]), the records
//! ([`record`]), the gazetteer of Chinese divisions ([`gazetteer`]) and the word lists ([`lexicon`]).
//! Knowledge stands in data files beside this crate (`vocabulary/`, `gazetteer/`, `lexicon/`), each
//! with its source, version and licence; it is validated when it is loaded. Refused alternative:
//! tables in Rust code, which a person who does not program can neither read nor mend.
//!
//! ```
//! use ontology::record::{EntityClass, EntityKey};
//! let key = EntityKey::new(EntityClass::Place, "220600");
//! assert_eq!(key.as_str(), "place/220600");
//! ```

pub mod gazetteer;
pub mod indicator;
pub mod iri;
pub mod lexicon;
pub mod record;
pub mod tagger;
pub mod vocab;
