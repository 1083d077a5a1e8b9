//! Takes the graph, returns what other programs draw.

mod dot;

pub use dot::{DotError, DotOptions};
