//! Takes a choice of the graph, returns it as a Graphviz picture description (DOT).

mod draw;
mod style;
mod text;
mod view;

use ontology::lexicon::LexiconError;
use ontology::record::{EntityClass, EntityKey};
use thiserror::Error;

use self::view::View;
use crate::label::{Lang, Terms};
use crate::model::KnowledgeGraph;

/// Why there is no picture.
#[derive(Debug, Error)]
pub enum DotError {
    /// The centre or the region of the picture is not in the graph.
    #[error("{0} is not in the graph: choose an entity that a document names")]
    Unknown(EntityKey),
    /// The names of classes and relations cannot be read.
    #[error("cannot read the names of classes and relations")]
    Terms(#[from] LexiconError),
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DotOptions {
    /// The entity in the middle; none: the whole graph.
    pub around: Option<EntityKey>,
    /// Steps from the middle.
    pub depth: usize,
    /// Only what belongs to this place or to one below it.
    pub region: Option<EntityKey>,
    /// Only entities of this class and what they are related to.
    pub class: Option<EntityClass>,
    /// Most nodes to show; the most connected ones stay.
    pub limit: usize,
    /// Language of the legend and the edges.
    pub lang: Lang,
}

impl Default for DotOptions {
    /// The 60 most connected entities of the whole graph; two steps around a middle.
    fn default() -> Self {
        Self {
            around: None,
            depth: 2,
            region: None,
            class: None,
            limit: 60,
            lang: Lang::Zh,
        }
    }
}

impl KnowledgeGraph {
    /// Draws a view of the graph for Graphviz, byte-identical for the same graph and options.
    ///
    /// A cluster per region, a legend, a colour and a shape per class, tooltips with the documents;
    /// comments at the top say what was left out and which layout engine to use.
    ///
    /// # Errors
    /// [`DotError::Unknown`] where the centre or the region is not in the graph.
    pub fn dot(&self, options: &DotOptions) -> Result<String, DotError> {
        let terms = Terms::shared()?;
        for key in options.around.iter().chain(&options.region) {
            if self.entity(key).is_none() {
                return Err(DotError::Unknown(key.clone()));
            }
        }
        Ok(draw::draw(
            self,
            &View::choose(self, options),
            terms,
            options.lang,
        ))
    }
}

#[cfg(test)]
mod tests;
