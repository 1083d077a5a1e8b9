//! Takes a finished folder, returns it in the place of another: the old one or the new one, never half.

use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::process;

use super::KbError;
use super::lock::WriterLock;

/// A folder beside its target that is filled and then takes the target's place; dropped unsealed,
/// it is deleted and the target stays what it was. While it lives, no other process has one.
pub(super) struct Draft {
    target: PathBuf,
    path: PathBuf,
    _lock: WriterLock,
}

impl Draft {
    /// Makes an empty folder beside `target`, whose parents are made where they are missing.
    pub(super) fn beside(target: &Path) -> Result<Self, KbError> {
        // A link keeps pointing at the folder; what it points at is replaced.
        let target = if target.exists() {
            target.canonicalize()
        } else {
            absolute(target)
        }
        .map_err(KbError::io("find", target))?;
        let parent = target.parent().unwrap_or(Path::new("/")).to_owned();
        fs::create_dir_all(&parent).map_err(KbError::io("make", &parent))?;
        let name = target
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let lock = WriterLock::take(&parent, &name)?;
        sweep(&parent, &prefix(&name));
        let path = parent.join(format!("{}{}", prefix(&name), process::id()));
        if path.exists() {
            // A process of an earlier boot with our id left it.
            fs::remove_dir_all(&path).map_err(KbError::io("delete", &path))?;
        }
        fs::create_dir(&path).map_err(KbError::io("make", &path))?;
        Ok(Self {
            target,
            path,
            _lock: lock,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the folder whose place it takes.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the folder in the target's place and deletes what was there.
    pub(super) fn seal(self) -> Result<(), KbError> {
        let moved = KbError::io("replace", &self.target);
        if !self.target.exists() {
            return fs::rename(&self.path, &self.target).map_err(moved);
        }
        if exchange(&self.path, &self.target).is_err() {
            // No atomic exchange here: the target is away between two renames.
            let old = self.path.with_extension("old");
            fs::rename(&self.target, &old).map_err(KbError::io("replace", &self.target))?;
            if let Err(error) = fs::rename(&self.path, &self.target) {
                // Should this fail too, the old one is still there under the name in the message.
                return match fs::rename(&old, &self.target) {
                    Ok(()) => Err(moved(error)),
                    Err(_) => Err(KbError::io("replace (the old one is kept there)", old)(
                        error,
                    )),
                };
            }
            return fs::remove_dir_all(&old).map_err(KbError::io("delete", &old));
        }
        // Dropping `self` deletes the old one, which now stands under the draft's name.
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What cannot be deleted now is swept by the next build.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Swaps two folders in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn prefix(name: &str) -> String {
    format!(".{name}.new-")
}

/// Deletes drafts of processes that ended before they could; others' running builds are left alone,
/// and so is everything where the system does not tell which processes run.
fn sweep(parent: &Path, prefix: &str) {
    let processes = Path::new("/proc");
    if !processes.join("self").exists() {
        return;
    }
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let id = name
            .to_string_lossy()
            .strip_prefix(prefix)
            .map(str::to_owned);
        let dead = id.is_some_and(|id| {
            !id.is_empty()
                && id.chars().all(|c| c.is_ascii_digit())
                && !processes.join(&id).exists()
        });
        if dead {
            // A draft that cannot be deleted does no harm.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_whole_folders_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("deep").join("kb");
        for content in ["one", "two"] {
            let draft = Draft::beside(&target).unwrap();
            fs::write(draft.path().join(content), content).unwrap();
            draft.seal().unwrap();
            assert_eq!(names(&target), [content]);
            assert_eq!(names(&dir.path().join("deep")), ["kb"]);
        }
    }

    #[test]
    fn an_unsealed_draft_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("kb");
        drop(Draft::beside(&target).unwrap());
        assert!(names(dir.path()).is_empty());
    }

    #[test]
    fn drafts_of_dead_processes_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        // No process has this id: Linux ends at 2^22.
        fs::create_dir(dir.path().join(".kb.new-999999999")).unwrap();
        fs::create_dir(dir.path().join(".kb.new-1")).unwrap();
        drop(Draft::beside(&dir.path().join("kb")).unwrap());
        assert_eq!(names(dir.path()), [".kb.new-1"]);
    }
}
