//! Takes the bytes of a zip archive, returns its members' bytes, never more than the limits allow.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ReadError;
use super::options::Limits;

/// A compressed stretch may always unpack to this much.
const HARMLESS: u64 = 1 << 20;

/// A zip archive that is one document: Word, Excel, EPUB.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    kind: &'static str,
    limits: Limits,
    unpacked: u64,
}

impl<'b> Package<'b> {
    /// Opens the archive's directory.
    ///
    /// # Errors
    /// [`ReadError::Broken`], [`ReadError::TooManyEntries`].
    pub(crate) fn open(
        bytes: &'b [u8],
        kind: &'static str,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|cause| ReadError::broken(kind, cause))?;
        if archive.len() > limits.max_entries {
            return Err(ReadError::TooManyEntries {
                limit: limits.max_entries,
            });
        }
        Ok(Self {
            archive,
            kind,
            limits: *limits,
            unpacked: 0,
        })
    }

    /// Tells whether there is a member of this name.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Unpacks a member; none where there is no such.
    ///
    /// # Errors
    /// [`ReadError`] where it is damaged, encrypted or too large.
    pub(crate) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let member = match self.archive.by_name(name) {
            Ok(member) => member,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(cause) => return Err(fault(self.kind, &cause)),
        };
        let packed = member.compressed_size();
        unpack(member, packed, self.kind, &self.limits, &mut self.unpacked).map(Some)
    }

    /// Unpacks a member that must be there, as text.
    ///
    /// # Errors
    /// As [`Self::read`], and [`ReadError::Broken`] where it is missing.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, ReadError> {
        let bytes = self
            .read(name)?
            .ok_or_else(|| ReadError::broken(self.kind, format!("{name} is missing")))?;
        let text = encoding_rs::Encoding::for_bom(&bytes).map_or_else(
            || String::from_utf8_lossy(&bytes).into_owned(),
            |(encoding, _)| encoding.decode(&bytes).0.into_owned(),
        );
        Ok(text)
    }

    /// Unpacks every member and forgets it, so that a reader without limits may be let at them.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn verify(&mut self) -> Result<(), ReadError> {
        for index in 0..self.archive.len() {
            let member = self
                .archive
                .by_index(index)
                .map_err(|cause| fault(self.kind, &cause))?;
            let packed = member.compressed_size();
            unpack(member, packed, self.kind, &self.limits, &mut self.unpacked)?;
        }
        Ok(())
    }
}

/// Says what ails a member.
pub(crate) fn fault(kind: &'static str, cause: &ZipError) -> ReadError {
    let locked = matches!(
        cause,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword
    );
    if locked {
        ReadError::Encrypted
    } else {
        ReadError::broken(kind, cause)
    }
}

/// Unpacks a stream of `packed` bytes, and counts what all streams gave.
///
/// # Errors
/// [`ReadError::TooLarge`], [`ReadError::Bomb`], [`ReadError::Unpacked`], or [`ReadError::Broken`].
pub(crate) fn unpack(
    mut stream: impl Read,
    packed: u64,
    kind: &'static str,
    limits: &Limits,
    unpacked: &mut u64,
) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let most = limits.max_ratio.saturating_mul(packed).max(HARMLESS);
    loop {
        let count = stream
            .by_ref()
            .take(HARMLESS)
            .read_to_end(&mut bytes)
            .map_err(|cause| ReadError::broken(kind, cause))?;
        if count == 0 {
            return Ok(bytes);
        }
        *unpacked = unpacked.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > most {
            return Err(ReadError::Bomb {
                ratio: limits.max_ratio,
            });
        }
        if size > limits.max_bytes {
            return Err(ReadError::TooLarge {
                limit: limits.max_bytes,
            });
        }
        if *unpacked > limits.max_unpacked {
            return Err(ReadError::Unpacked {
                limit: limits.max_unpacked,
            });
        }
    }
}
