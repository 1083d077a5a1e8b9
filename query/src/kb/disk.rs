//! Takes a knowledge base's canonical form, returns the on-disk store made from it once.
//!
//! `store/` is only ever a copy: `store.sha256` beside it holds the digest of the graph that it was
//! made from, and a store with another digest, or none, is made anew. It is opened read-only, so
//! that many processes can ask at once, and never written in place.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process;
use std::thread;

use oxigraph::store::Store;

use super::{KbError, Manifest, store};

const STORE: &str = "store";
const DIGEST: &str = "store.sha256";

/// Cap on the memory of the bulk loader; its default is two gigabytes a thread.
const MEMORY_MB: usize = 512;

/// Opens the store, making it where it is missing or not this graph's; none where the folder cannot
/// be written, so that the caller loads the graph into memory.
pub(super) fn open(dir: &Path, manifest: &Manifest) -> Result<Option<Store>, KbError> {
    if let Some(store) = open_present(dir, manifest) {
        return Ok(Some(store));
    }
    match build(dir, manifest) {
        Ok(()) => Ok(open_present(dir, manifest)),
        Err(KbError::Io { source, .. }) if is_refusal(&source) => Ok(None),
        Err(error) => Err(error),
    }
}

fn open_present(dir: &Path, manifest: &Manifest) -> Option<Store> {
    let digest = fs::read_to_string(dir.join(DIGEST)).ok()?;
    if digest.trim() != manifest.digest {
        return None;
    }
    // A store that does not open is made anew.
    Store::open_read_only(dir.join(STORE)).ok()
}

/// Makes the store from the canonical form, in a folder of its own that is renamed when it is done.
pub(super) fn build(dir: &Path, manifest: &Manifest) -> Result<(), KbError> {
    let draft = dir.join(format!(".store.new-{}", process::id()));
    fs::create_dir(&draft).map_err(KbError::io("make", &draft))?;
    let result = load(dir, &draft, manifest).and_then(|()| install(dir, &draft, manifest));
    // Only what failed is still there.
    let _ = fs::remove_dir_all(&draft);
    result
}

fn load(dir: &Path, draft: &Path, manifest: &Manifest) -> Result<(), KbError> {
    let bytes = store::read_graph(dir, manifest)?;
    let store = Store::open(draft)?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut loader = store
        .bulk_loader()
        .with_num_threads(threads)
        .with_max_memory_size_in_megabytes(MEMORY_MB.max(threads * 64));
    loader.parallel_load_from_slice(store::parser(), &bytes)?;
    loader.commit()?;
    store.flush()?;
    store.optimize()?;
    Ok(())
}

fn install(dir: &Path, draft: &Path, manifest: &Manifest) -> Result<(), KbError> {
    let (target, digest) = (dir.join(STORE), dir.join(DIGEST));
    // The digest goes first and comes last: a store without one is never trusted.
    ignore_missing(fs::remove_file(&digest)).map_err(KbError::io("delete", &digest))?;
    ignore_missing(fs::remove_dir_all(&target)).map_err(KbError::io("delete", &target))?;
    fs::rename(draft, &target).map_err(KbError::io("make", &target))?;
    fs::write(&digest, format!("{}\n", manifest.digest)).map_err(KbError::io("write", &digest))
}

fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn is_refusal(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}
