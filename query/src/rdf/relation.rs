//! Takes the graph's relations, returns each in the default graph and in its documents' graphs.

use std::io;

use graph::{KnowledgeGraph, Relation};
use ontology::record::{Object, Predicate};
use ontology::vocab::{self, fz, org, rdf, schema, skos};
use oxigraph::model::NamedNode;

use super::{Writer, term};

pub(super) fn write(graph: &KnowledgeGraph, writer: &mut Writer<'_>) -> io::Result<()> {
    graph
        .relations()
        .try_for_each(|relation| write_relation(relation, writer))
}

fn write_relation(relation: &Relation, writer: &mut Writer<'_>) -> io::Result<()> {
    let subject = term::entity(writer.iris, &relation.subject);
    let predicate = vocab::predicate_iri(relation.predicate);
    for sha256 in &relation.documents {
        let document = term::node(writer.iris.document(sha256));
        let object = term::object(writer.iris, &relation.object, &document);
        writer.evidence(&document, &subject, predicate, object.clone())?;
        if relation.object == Object::Document {
            writer.fact(&subject, predicate, object)?;
        }
    }
    match &relation.object {
        Object::Document => Ok(()),
        Object::Entity(key) => {
            let object = term::entity(writer.iris, key);
            if relation.predicate == Predicate::PartOf {
                writer.fact(&subject, schema::CONTAINED_IN_PLACE, object.clone())?;
            }
            writer.fact(&subject, predicate, object)
        }
        Object::Post { label, body } => {
            let post = term::node(writer.iris.post(label, body.as_ref()));
            writer.fact(&subject, predicate, post.clone())?;
            let body = body.as_ref().map(|key| term::entity(writer.iris, key));
            write_post(&post, label, body, writer)
        }
    }
}

fn write_post(
    post: &NamedNode,
    label: &str,
    body: Option<NamedNode>,
    writer: &mut Writer<'_>,
) -> io::Result<()> {
    writer.fact(post, rdf::TYPE, term::node(fz::POST))?;
    writer.fact(post, skos::PREF_LABEL, term::chinese(label))?;
    body.map_or(Ok(()), |body| writer.fact(post, org::POST_IN, body))
}
