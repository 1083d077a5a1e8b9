//! Takes an archive, reads the documents in it; each is called `archive.zip/folder/name.txt`.
//!
//! Nothing is written to disk. Members whose extension stands for no format are passed over, as in
//! folders.

use std::borrow::Cow;
use std::io::Cursor;

use encoding_rs::GB18030;
use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::error::ReadError;
use super::gather::Gatherer;
use super::options::Limits;
use super::package::{fault, unpack};
use super::sniff::is_document;

/// Reads a zip archive.
///
/// # Errors
/// [`ReadError`] where the archive as a whole cannot be read; faults of members are diagnostics.
pub(crate) fn zip(
    gatherer: &mut Gatherer<'_>,
    id: &str,
    bytes: &[u8],
    depth: usize,
) -> Result<(), ReadError> {
    let mut members = Members::open(gatherer, id, depth)?;
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|cause| ReadError::broken("zip", cause))?;
    for index in 0..archive.len() {
        if members.is_full(index) {
            return Ok(());
        }
        let entry = match archive.by_index_raw(index) {
            Ok(entry) => entry,
            Err(cause) => {
                members.fail(&format!("#{index}"), &fault("zip", &cause));
                continue;
            }
        };
        let (name, encrypted, packed) = (
            member_name(entry.name_raw()),
            entry.encrypted(),
            entry.compressed_size(),
        );
        let wanted = entry.is_file() && is_wanted(&name);
        drop(entry);
        let bytes = |limits: &Limits, unpacked: &mut u64| {
            if encrypted {
                return Err(ReadError::Encrypted);
            }
            let member = archive.by_index(index);
            let member = member.map_err(|cause| fault("zip", &cause))?;
            unpack(member, packed, "zip", limits, unpacked)
        };
        if wanted && !members.read(&name, bytes) {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads a tar archive.
///
/// # Errors
/// [`ReadError`] where the archive as a whole cannot be read; faults of members are diagnostics.
pub(crate) fn tar(
    gatherer: &mut Gatherer<'_>,
    id: &str,
    bytes: &[u8],
    depth: usize,
) -> Result<(), ReadError> {
    let mut members = Members::open(gatherer, id, depth)?;
    let broken = |cause| ReadError::broken("tar", cause);
    let mut archive = tar::Archive::new(bytes);
    for (index, entry) in archive.entries().map_err(broken)?.enumerate() {
        if members.is_full(index) {
            return Ok(());
        }
        // What follows a broken header cannot be found.
        let entry = entry.map_err(broken)?;
        let name = member_name(&entry.path_bytes());
        let wanted = entry.header().entry_type().is_file() && is_wanted(&name);
        let packed = entry.size();
        let bytes =
            |limits: &Limits, unpacked: &mut u64| unpack(entry, packed, "tar", limits, unpacked);
        if wanted && !members.read(&name, bytes) {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads a compressed tar archive, or a single compressed document.
///
/// # Errors
/// [`ReadError`] where it cannot be unpacked.
pub(crate) fn gzip(
    gatherer: &mut Gatherer<'_>,
    id: &str,
    bytes: &[u8],
    depth: usize,
) -> Result<(), ReadError> {
    let limits = gatherer.options.limits;
    check_depth(gatherer, depth)?;
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let stream = MultiGzDecoder::new(bytes);
    let inner = unpack(stream, packed, "gz", &limits, &mut gatherer.unpacked)?;
    if inner.get(257..262) == Some(b"ustar") {
        return tar(gatherer, id, &inner, depth);
    }
    let name = id.rsplit_once('.').map_or(id, |(name, _)| name);
    gatherer.document(id, name, &inner, depth + 1);
    Ok(())
}

fn check_depth(gatherer: &Gatherer<'_>, depth: usize) -> Result<(), ReadError> {
    let limit = gatherer.options.limits.max_depth;
    if depth >= limit {
        Err(ReadError::TooDeep { limit })
    } else {
        Ok(())
    }
}

/// The members of one archive.
struct Members<'g, 'o> {
    gatherer: &'g mut Gatherer<'o>,
    archive: &'g str,
    depth: usize,
}

impl<'g, 'o> Members<'g, 'o> {
    fn open(
        gatherer: &'g mut Gatherer<'o>,
        archive: &'g str,
        depth: usize,
    ) -> Result<Self, ReadError> {
        check_depth(gatherer, depth)?;
        Ok(Self {
            gatherer,
            archive,
            depth,
        })
    }

    fn fail(&mut self, name: &str, error: &ReadError) {
        self.gatherer
            .fail(&format!("{}/{name}", self.archive), error);
    }

    /// Tells, and reports, that the member of this number is one too many.
    fn is_full(&mut self, index: usize) -> bool {
        let limit = self.gatherer.options.limits.max_entries;
        let full = index >= limit;
        if full {
            self.gatherer
                .fail(self.archive, &ReadError::TooManyEntries { limit });
        }
        full
    }

    /// Reads a member, unpacked by `bytes`; tells whether the rest of the archive may be read too.
    fn read(
        &mut self,
        name: &str,
        bytes: impl FnOnce(&Limits, &mut u64) -> Result<Vec<u8>, ReadError>,
    ) -> bool {
        let bytes = if is_safe(name) {
            let limits = self.gatherer.options.limits;
            bytes(&limits, &mut self.gatherer.unpacked)
        } else {
            Err(ReadError::UnsafeName)
        };
        match bytes {
            Ok(bytes) => {
                let id = format!("{}/{name}", self.archive);
                self.gatherer.document(&id, name, &bytes, self.depth + 1);
                true
            }
            Err(error) => {
                self.fail(name, &error);
                !matches!(error, ReadError::Unpacked { .. })
            }
        }
    }
}

/// Archives made by Chinese Windows hold GBK names that say nothing about it.
fn member_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => GB18030.decode_without_bom_handling(raw).0,
    };
    name.replace(char::is_control, " ")
}

fn is_wanted(name: &str) -> bool {
    let hidden = name
        .split(['/', '\\'])
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."));
    !hidden && is_document(name)
}

fn is_safe(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    let drive = name.get(1..2) == Some(":");
    !name.starts_with(['/', '\\']) && !drive && !parts.any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_and_judged() {
        let (gbk, _, _) = GB18030.encode("白山.txt");
        assert_eq!(member_name(&gbk), "白山.txt");
        assert_eq!(member_name(b"a\n\x1B[2Jb.txt"), "a  [2Jb.txt");
        assert!(is_wanted("a/b.TXT") && !is_wanted("__MACOSX/b.txt") && !is_wanted(".b.txt"));
        assert!(is_safe("a/b.txt") && !is_safe("/b.txt") && !is_safe("C:\\b.txt"));
    }
}
