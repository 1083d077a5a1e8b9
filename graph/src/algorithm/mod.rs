//! Takes the graph, returns what its shape tells: how connected an entity is, what lies near it, where it belongs.

mod neighbourhood;
mod placement;
