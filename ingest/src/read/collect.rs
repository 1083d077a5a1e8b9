//! Takes files and folders, returns the documents in them.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ontology::record::{Diagnostic, Severity};

use super::sniff::is_document;
use super::{Content, Source};

/// What a list of inputs holds.
#[derive(Debug, Default)]
pub struct Collection {
    /// Documents, sorted by path, each file once.
    pub sources: Vec<Source>,
    /// Inputs that are missing, unreadable, or hold no document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds the documents in files and folders (recursive, `.gitignore` and `.ignore` honoured,
/// links followed, hidden files and those of no known extension skipped). A file that is named
/// itself is taken whatever its extension.
#[must_use]
pub fn collect(inputs: &[PathBuf]) -> Collection {
    let mut found = Collection::default();
    let mut paths = Vec::new();
    for input in inputs {
        if input.is_dir() {
            let before = paths.len();
            walk(input, &mut paths, &mut found.diagnostics);
            if paths.len() == before {
                let message = "folder holds no document (.txt, .html, .docx, .pdf …); name a folder or file with documents";
                found.diagnostics.push(error(input, message.to_owned()));
            }
        } else if let Err(cause) = std::fs::metadata(input) {
            let message = format!("cannot be read ({cause}); check the path and its permissions");
            found.diagnostics.push(error(input, message));
        } else {
            paths.push(input.clone());
        }
    }
    paths.sort();
    paths.dedup();
    found.sources = paths.into_iter().map(source).collect();
    found
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>, diagnostics: &mut Vec<Diagnostic>) {
    for entry in WalkBuilder::new(folder)
        .require_git(false)
        .follow_links(true)
        .build()
    {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                if is_document(&entry.path().to_string_lossy()) {
                    paths.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(cause) => diagnostics.push(unsearched(folder, &cause)),
        }
    }
}

/// Names the path that the search stopped at: a loop of links, a dangling link, a closed folder.
fn unsearched(folder: &Path, cause: &ignore::Error) -> Diagnostic {
    fn place(cause: &ignore::Error) -> Option<(&Path, bool)> {
        match cause {
            ignore::Error::WithPath { path, .. } => Some((path, false)),
            ignore::Error::Loop { child, .. } => Some((child, true)),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                place(err)
            }
            ignore::Error::Partial(_)
            | ignore::Error::Io(_)
            | ignore::Error::Glob { .. }
            | ignore::Error::UnrecognizedFileType(_)
            | ignore::Error::InvalidDefinition => None,
        }
    }
    match place(cause) {
        Some((path, true)) => error(
            path,
            "is a link to a folder above it and is not followed; remove it".to_owned(),
        ),
        Some((path, false)) => {
            let message = format!("cannot be read ({cause}); check the link or the permissions");
            error(path, message)
        }
        None => error(
            folder,
            format!("cannot be searched ({cause}); check its permissions"),
        ),
    }
}

fn source(path: PathBuf) -> Source {
    let id = path.file_name().map_or_else(
        || path.to_string_lossy().into_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    Source {
        // A name must not break the line of a diagnostic.
        id: id.replace(char::is_control, " "),
        content: Content::File(path),
    }
}

fn error(path: &Path, message: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        document: path.to_string_lossy().replace(char::is_control, " "),
        message,
        span: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_named_and_the_others_are_found() {
        let folder = std::env::temp_dir().join(format!("fangzhi-collect-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("sub")).unwrap();
        std::fs::write(folder.join("b.txt"), "乙").unwrap();
        std::fs::write(folder.join("sub/a.TXT"), "甲").unwrap();
        std::fs::write(folder.join("c.png"), "丙").unwrap();
        #[cfg(unix)]
        std::fs::write(folder.join("a\nb.txt"), "丁").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&folder, folder.join("sub/loop")).unwrap();
        let mut found = collect(&[
            folder.clone(),
            folder.join("none.txt"),
            folder.join("b.txt"),
        ]);
        std::fs::remove_dir_all(&folder).unwrap();
        let ids: Vec<_> = found
            .sources
            .iter()
            .map(|source| source.id.as_str())
            .collect();
        #[cfg(unix)]
        assert_eq!(ids, ["a b.txt", "b.txt", "a.TXT"]);
        #[cfg(unix)]
        assert!(found.diagnostics.remove(0).document.ends_with("sub/loop"));
        assert_eq!(found.diagnostics.len(), 1);
        assert!(found.diagnostics[0].document.ends_with("none.txt"));
    }
}
