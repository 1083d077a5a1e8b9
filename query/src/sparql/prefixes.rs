//! Takes the base of the resources, returns the prefixes that are declared for every query.

use ontology::iri::Iris;
use ontology::record::EntityClass;
use ontology::vocab;

/// Prefixes and their namespaces: those of the vocabularies, `id:` for the base of the resources,
/// and one for each kind of resource (`place:220600`, `person:杨靖宇`, `document:…`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefixes {
    /// Sorted by name.
    pairs: Vec<(String, String)>,
}

/// Kinds of resources besides the entities.
const FOLDERS: [&str; 3] = ["document", "indicator", "post"];

impl Prefixes {
    /// Gives the prefixes for resources under the base of `iris`.
    #[must_use]
    pub fn new(iris: &Iris) -> Self {
        let folders = EntityClass::ALL
            .into_iter()
            .map(EntityClass::folder)
            .chain(FOLDERS);
        let mut pairs: Vec<(String, String)> = folders
            .map(|folder| (folder.to_owned(), format!("{}{folder}/", iris.base())))
            .chain(
                vocab::PREFIXES
                    .iter()
                    .map(|(name, iri)| ((*name).to_owned(), (*iri).to_owned())),
            )
            .collect();
        pairs.push(("id".to_owned(), iris.base().to_owned()));
        pairs.sort();
        Self { pairs }
    }

    /// Gives names and namespaces, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(name, iri)| (name.as_str(), iri.as_str()))
    }

    /// Shortens an IRI for reading: the longest namespace gives way to its prefix. What results
    /// need not be a legal name in SPARQL (`document:ab#char=1,2`).
    #[must_use]
    pub fn shorten(&self, iri: &str) -> String {
        let fits = self.iter().filter_map(|(name, namespace)| {
            let local = iri
                .strip_prefix(namespace)
                .filter(|local| !local.is_empty())?;
            Some((namespace.len(), name, local))
        });
        fits.max().map_or_else(
            || format!("<{iri}>"),
            |(_, name, local)| format!("{name}:{local}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_by_the_longest_namespace() {
        let prefixes = Prefixes::new(&Iris::default());
        let cases = [
            ("https://w3id.org/fangzhi/id/place/220600", "place:220600"),
            ("https://w3id.org/fangzhi/id/graph/run", "id:graph/run"),
            ("https://w3id.org/fangzhi/ontology#runBy", "fz:runBy"),
            ("https://example.org/", "<https://example.org/>"),
            ("https://schema.org/", "<https://schema.org/>"),
        ];
        for (iri, expected) in cases {
            assert_eq!(prefixes.shorten(iri), expected);
        }
    }
}
