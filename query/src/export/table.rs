//! Takes a graph, returns a table for each class, one of relations and one of observations.

use std::io::Write;

use graph::KnowledgeGraph;
use ontology::record::{EntityClass, EntityKey, Object};

use super::ExportError;

/// Excel takes a CSV file for UTF-8 only if it begins with this.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();
/// What stands between several names in one cell.
const SEPARATOR: &str = "|";

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// The entities of a class: key, names, code, kind, region, documents.
    Class(EntityClass),
    /// All relations with the documents that say so.
    Relations,
    /// All observations with their quotes.
    Observations,
}

impl Table {
    /// Gives all tables.
    pub fn all() -> impl Iterator<Item = Self> {
        let rest = [Self::Relations, Self::Observations];
        EntityClass::ALL.into_iter().map(Self::Class).chain(rest)
    }

    /// Gives the name of its file, such as `redsite.csv`.
    #[must_use]
    pub fn file(self) -> String {
        let name = match self {
            Self::Class(class) => class.folder(),
            Self::Relations => "relations",
            Self::Observations => "observations",
        };
        format!("{name}.csv")
    }

    /// Writes the table as CSV with a byte order mark, sorted, with a header.
    ///
    /// # Errors
    /// [`ExportError::Table`] where writing fails.
    pub fn write(self, graph: &KnowledgeGraph, out: &mut impl Write) -> Result<(), ExportError> {
        out.write_all(BYTE_ORDER_MARK)?;
        let mut table = csv::Writer::from_writer(out);
        match self {
            Self::Class(class) => entities(class, graph, &mut table)?,
            Self::Relations => relations(graph, &mut table)?,
            Self::Observations => observations(graph, &mut table)?,
        }
        Ok(table.flush()?)
    }
}

fn entities<W: Write>(
    class: EntityClass,
    graph: &KnowledgeGraph,
    table: &mut csv::Writer<W>,
) -> Result<(), ExportError> {
    table.write_record([
        "key",
        "label",
        "aliases",
        "adcode",
        "kind",
        "region",
        "documents",
    ])?;
    for entity in graph.entities().filter(|entity| entity.class == class) {
        let documents: Vec<&str> = graph
            .documents_naming(&entity.key)
            .map(|extraction| extraction.document.id.as_str())
            .collect();
        let region = graph.home_region(&entity.key);
        table.write_record([
            entity.key.as_str(),
            &entity.label,
            &entity.aliases.join(SEPARATOR),
            entity.adcode.as_deref().unwrap_or_default(),
            entity.kind.as_deref().unwrap_or_default(),
            label(graph, region.as_ref()),
            &documents.join(SEPARATOR),
        ])?;
    }
    Ok(())
}

fn relations<W: Write>(
    graph: &KnowledgeGraph,
    table: &mut csv::Writer<W>,
) -> Result<(), ExportError> {
    table.write_record([
        "subject",
        "subject_label",
        "relation",
        "object",
        "object_label",
        "documents",
    ])?;
    for relation in graph.relations() {
        let documents: Vec<&str> = relation
            .documents
            .iter()
            .filter_map(|sha256| graph.document(sha256))
            .map(|extraction| extraction.document.id.as_str())
            .collect();
        let (object, object_label) = match &relation.object {
            Object::Entity(key) => (key.as_str(), label(graph, Some(key))),
            Object::Post { label, .. } => ("", label.as_str()),
            // The documents are the objects.
            Object::Document => ("", ""),
        };
        table.write_record([
            relation.subject.as_str(),
            label(graph, Some(&relation.subject)),
            relation.predicate.name(),
            object,
            object_label,
            &documents.join(SEPARATOR),
        ])?;
    }
    Ok(())
}

fn observations<W: Write>(
    graph: &KnowledgeGraph,
    table: &mut csv::Writer<W>,
) -> Result<(), ExportError> {
    table.write_record([
        "document",
        "start",
        "end",
        "area",
        "area_label",
        "indicator",
        "wording",
        "value",
        "unit",
        "qualifier",
        "period",
        "program",
        "quote",
        "reprinted",
    ])?;
    for extraction in graph.documents() {
        for one in &extraction.observations {
            let cells: [&str; 14] = [
                &extraction.document.id,
                &one.span.start.to_string(),
                &one.span.end.to_string(),
                one.area.as_ref().map_or("", EntityKey::as_str),
                label(graph, one.area.as_ref()),
                &one.indicator,
                &one.indicator_text,
                &one.value.to_string(),
                &one.unit,
                one.qualifier.name(),
                one.period.as_deref().unwrap_or_default(),
                label(graph, one.program.as_ref()),
                &one.anchor,
                &graph.is_repeated(&extraction.document, one).to_string(),
            ];
            table.write_record(cells)?;
        }
    }
    Ok(())
}

/// Gives the label of an entity, nothing for none.
fn label<'g>(graph: &'g KnowledgeGraph, key: Option<&'g EntityKey>) -> &'g str {
    key.map_or("", |key| graph.label(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::fixture;

    fn rows(table: Table) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        table.write(&fixture::graph(), &mut out).unwrap();
        let text = out
            .strip_prefix(BYTE_ORDER_MARK)
            .expect("a byte order mark");
        let mut reader = csv::Reader::from_reader(text);
        let owned = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
        reader.records().map(|row| owned(row.unwrap())).collect()
    }

    #[test]
    fn every_entity_relation_and_observation_has_its_row() {
        let graph = fixture::graph();
        let classes = EntityClass::ALL.map(|class| rows(Table::Class(class)).len());
        assert_eq!(classes.iter().sum::<usize>(), graph.entities().count());
        assert_eq!(rows(Table::Relations).len(), graph.relations().count());
        let observations = graph.documents().iter().map(|one| one.observations.len());
        assert_eq!(rows(Table::Observations).len(), observations.sum::<usize>());
        let files: Vec<String> = Table::all().map(Table::file).collect();
        assert!(files.contains(&"redsite.csv".to_owned()), "{files:?}");
        assert_eq!(files.len(), 9);
    }

    #[test]
    fn cells_hold_labels_and_quotes() {
        let all: Vec<Vec<String>> = Table::all().flat_map(rows).collect();
        let has = |cell: &str| all.iter().flatten().any(|one| one == cell);
        for cell in ["白山市", "locatedIn", "丙烈士陵园", "革命遗址230处"] {
            assert!(has(cell), "{cell}");
        }
    }
}
