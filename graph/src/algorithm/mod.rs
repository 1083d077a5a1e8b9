//! Takes the graph, returns what its shape tells: how connected an entity is, what lies near it, where it
//! belongs, how two of them are joined.

mod neighbourhood;
mod path;
mod placement;

pub use path::Stop;
