//! `commemorates` and `aboutEntity`: whom the name of a site or a work names.

use ontology::record::{EntityClass, Object, Predicate};

use super::Asserted;
use crate::resolve::Resolution;

/// Reads what the names of sites and works hold.
pub(super) fn subjects(resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = Vec::new();
    for outer in resolution.mentions.iter().filter(|mention| !mention.nested) {
        let predicate = match outer.class {
            EntityClass::RedSite => Predicate::Commemorates,
            EntityClass::Work => Predicate::AboutEntity,
            EntityClass::Place
            | EntityClass::Person
            | EntityClass::Organization
            | EntityClass::Program
            | EntityClass::Event => continue,
        };
        let named = resolution.within(outer.span).filter(|inner| inner.nested).filter(|inner| {
            match inner.class {
                EntityClass::Person | EntityClass::Event => true,
                EntityClass::Place | EntityClass::RedSite => predicate == Predicate::AboutEntity,
                EntityClass::Organization | EntityClass::Program | EntityClass::Work => false,
            }
        });
        found.extend(named.map(|inner| Asserted {
            span: outer.span,
            subject: outer.key.clone(),
            predicate,
            object: Object::Entity(inner.key.clone()),
            rule: "subject.in-name",
            confidence: 0.8,
        }));
    }
    found
}
