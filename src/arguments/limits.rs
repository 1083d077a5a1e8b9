//! The options that bound what is read.

use clap::Args;

/// Above these a document is refused with a message.
#[derive(Debug, Args)]
pub(crate) struct Limits {
    /// Most bytes of one file or archive member [default: 256 MiB]
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_bytes: Option<u64>,
    /// Most bytes that one archive unpacks to [default: 1 GiB]
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_unpacked: Option<u64>,
    /// Most unpacked bytes for each packed one [default: 200]
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_ratio: Option<u64>,
    /// Most archives within each other [default: 3]
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_depth: Option<usize>,
    /// Most members of one archive [default: 100000]
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_entries: Option<usize>,
    /// Most pages of one PDF [default: 5000]
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub(crate) max_pages: Option<usize>,
}
