//! Takes the folder of a knowledge base, returns the right to change it, which one process at a time has.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::KbError;

/// Held while a knowledge base is changed; readers need none. The system gives it back when the
/// process ends, however it ends.
pub(super) struct WriterLock {
    path: PathBuf,
    /// The lock lasts as long as the file is open.
    _file: File,
}

impl WriterLock {
    /// Takes the lock of the knowledge base `name` in `parent`, without waiting.
    ///
    /// # Errors
    /// [`KbError::Locked`] where another process has it.
    pub(super) fn take(parent: &Path, name: &str) -> Result<Self, KbError> {
        let path = parent.join(format!(".{name}.lock"));
        loop {
            let file = File::create(&path).map_err(KbError::io("write", &path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(KbError::Locked {
                        dir: parent.join(name),
                    });
                }
                Err(TryLockError::Error(error)) => return Err(KbError::io("lock", &path)(error)),
            }
            // Its last holder may have deleted the file between our two calls.
            if is_at(&file, &path) {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // Deleted while it is still held. A file that stays does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

/// Tells whether an open file still has this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: fs::Metadata, b: fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => same(open, there),
        _ => false,
    }
}

/// Elsewhere an open file cannot be deleted.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_nothing_left_behind() {
        let dir = tempfile::tempdir().unwrap();
        let first = WriterLock::take(dir.path(), "kb").unwrap();
        assert!(matches!(
            WriterLock::take(dir.path(), "kb"),
            Err(KbError::Locked { .. })
        ));
        let other = WriterLock::take(dir.path(), "other").unwrap();
        drop(first);
        let second = WriterLock::take(dir.path(), "kb").unwrap();
        drop((second, other));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
