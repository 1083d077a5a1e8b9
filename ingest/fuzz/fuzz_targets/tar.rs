//! Any bytes as gzip, as a tar archive with its checksums set right, and as a compressed one.
#![no_main]

use ingest_fuzz::{gzipped, read};
use libfuzzer_sys::fuzz_target;

const BLOCK: usize = 512;
/// Where a header has its checksum.
const CHECKSUM: std::ops::Range<usize> = 148..156;

fuzz_target!(|bytes: &[u8]| {
    read("a.tar.gz", bytes);
    let mut archive = bytes.to_vec();
    for block in archive.chunks_exact_mut(BLOCK) {
        if &block[257..262] == b"ustar" {
            block[CHECKSUM].fill(b' ');
            let sum: u32 = block.iter().copied().map(u32::from).sum();
            block[CHECKSUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
    }
    read("a.tar", &archive);
    read("a.tar.gz", &gzipped(&archive).expect("memory holds it"));
});
