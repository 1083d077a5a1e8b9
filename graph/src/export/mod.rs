//! Takes the graph, returns what other programs draw and measure.

mod dot;
mod neo4j;
mod network;
mod xml;

pub use dot::{DotError, DotOptions};
pub use network::Network;
