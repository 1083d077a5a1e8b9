//! Takes a knowledge base's canonical form, returns an Oxigraph store that answers queries.

use std::fs::File;
use std::path::Path;
use std::time::Instant;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::store::Store;

use super::{KbError, Manifest};
use crate::canonical;

pub(super) const GRAPH: &str = "graph.nq.zst";

/// How a store came to be.
pub(super) struct Loaded {
    pub(super) store: Store,
    /// Seconds that loading into memory took; none for a store on disk.
    pub(super) seconds: Option<f64>,
}

/// Opens the store on disk where this build has one, else loads the canonical form into memory.
pub(super) fn open(dir: &Path, manifest: &Manifest) -> Result<Loaded, KbError> {
    #[cfg(feature = "rocksdb")]
    if let Some(store) = super::disk::open(dir, manifest)? {
        return Ok(Loaded {
            store,
            seconds: None,
        });
    }
    let start = Instant::now();
    let bytes = read_graph(dir, manifest)?;
    let store = Store::new()?;
    let mut loader = store.bulk_loader();
    loader.parallel_load_from_slice(parser(), &bytes)?;
    loader.commit()?;
    Ok(Loaded {
        store,
        seconds: Some(start.elapsed().as_secs_f64()),
    })
}

/// Reads the canonical form and checks that it is what the manifest says.
pub(super) fn read_graph(dir: &Path, manifest: &Manifest) -> Result<Vec<u8>, KbError> {
    let broken = |reason: String| KbError::Broken {
        dir: dir.to_owned(),
        file: GRAPH.to_owned(),
        reason,
    };
    let file = File::open(dir.join(GRAPH)).map_err(|error| broken(error.to_string()))?;
    let (bytes, digest) =
        canonical::read_compressed(file).map_err(|error| broken(error.to_string()))?;
    if digest != manifest.digest {
        return Err(broken("its digest is not the manifest's".to_owned()));
    }
    Ok(bytes)
}

/// The quads were written by this program and their digest has been checked, so the parser need not
/// look at every IRI and language tag again.
pub(crate) fn parser() -> RdfParser {
    RdfParser::from_format(RdfFormat::NQuads).lenient()
}
