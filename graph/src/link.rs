//! Takes extractions and their identities, returns them with linked keys: each content once, in one order.

use std::collections::BTreeMap;

use ontology::record::{
    Diagnostic, Entity, EntityKey, Extraction, Mention, Object, Severity, Statement,
};

use crate::identity::Identity;
use crate::merge::merge;

/// Sorts the extractions by content digest and drops those whose content another one has.
///
/// Of equal contents the one with the smallest id stays; each dropped one gives a note.
pub(crate) fn distinct(mut extractions: Vec<Extraction>) -> (Vec<Extraction>, Vec<Diagnostic>) {
    extractions.sort_by(|a, b| {
        (&a.document.sha256, &a.document.id).cmp(&(&b.document.sha256, &b.document.id))
    });
    let mut kept: Vec<Extraction> = Vec::with_capacity(extractions.len());
    let mut notes = Vec::new();
    for extraction in extractions {
        match kept.last() {
            Some(last) if last.document.sha256 == extraction.document.sha256 => {
                // The very same document given twice is no news.
                if last.document.id != extraction.document.id {
                    notes.push(duplicate(&extraction, &last.document.id));
                }
            }
            _ => kept.push(extraction),
        }
    }
    (kept, notes)
}

fn duplicate(extraction: &Extraction, kept: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Note,
        document: extraction.document.id.clone(),
        message: format!("left out: its content is that of {kept}"),
        span: None,
    }
}

/// Replaces every key by its canonical one; lists stay sorted and free of duplicates.
pub(crate) fn link(extraction: Extraction, identity: &Identity) -> Extraction {
    let canonical = |key: &EntityKey| identity.canonical(key).clone();
    let Extraction {
        mut document,
        entities,
        mentions,
        statements,
        observations,
        diagnostics,
    } = extraction;
    document.about = document.about.as_ref().map(canonical);
    let entities = link_entities(&entities, identity);
    let mut mentions: Vec<Mention> = mentions
        .into_iter()
        .map(|mention| Mention {
            entity: canonical(&mention.entity),
            ..mention
        })
        .collect();
    mentions.sort_by(|a, b| mention_order(a).cmp(&mention_order(b)));
    mentions.dedup_by(|a, b| mention_order(a) == mention_order(b));
    let mut statements: Vec<Statement> = statements
        .into_iter()
        .map(|statement| link_statement(statement, identity))
        .collect();
    statements.sort_by(|a, b| statement_order(a).cmp(&statement_order(b)));
    statements.dedup_by(|a, b| statement_order(a) == statement_order(b));
    let observations = observations
        .into_iter()
        .map(|mut observation| {
            observation.area = observation.area.as_ref().map(canonical);
            observation.program = observation.program.as_ref().map(canonical);
            observation
        })
        .collect();
    Extraction {
        document,
        entities,
        mentions,
        statements,
        observations,
        diagnostics,
    }
}

fn mention_order(m: &Mention) -> impl Ord + '_ {
    (m.span, m.class, &m.entity, &m.surface, &m.rule)
}

fn statement_order(s: &Statement) -> impl Ord + '_ {
    (s.span, &s.subject, s.predicate, &s.object, &s.rule)
}

/// Gives one entity per canonical key, sorted by key.
fn link_entities(entities: &[Entity], identity: &Identity) -> Vec<Entity> {
    let mut by_key: BTreeMap<&EntityKey, Vec<&Entity>> = BTreeMap::new();
    for entity in entities {
        by_key
            .entry(identity.canonical(&entity.key))
            .or_default()
            .push(entity);
    }
    by_key
        .into_iter()
        .map(|(key, records)| {
            let mut entity = merge(key, &records);
            entity.parent = entity
                .parent
                .as_ref()
                .map(|key| identity.canonical(key).clone());
            entity
        })
        .collect()
}

fn link_statement(statement: Statement, identity: &Identity) -> Statement {
    let canonical = |key: &EntityKey| identity.canonical(key).clone();
    let object = match statement.object {
        Object::Entity(key) => Object::Entity(canonical(&key)),
        Object::Post { label, body } => Object::Post {
            label,
            body: body.as_ref().map(canonical),
        },
        Object::Document => Object::Document,
    };
    Statement {
        subject: canonical(&statement.subject),
        object,
        ..statement
    }
}
