//! Takes the results of a query, returns rows of strings for people to read.

use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use oxigraph::sparql::QueryResults;

use super::answer::sorted_triples;
use super::{Prefixes, SparqlError};

/// Rows of strings under named columns; a cell without a value is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// As many cells as there are columns in each.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Solutions give a row each, an ASK one cell, a graph one row a triple, sorted.
    pub(super) fn of(results: QueryResults<'_>, prefixes: &Prefixes) -> Result<Self, SparqlError> {
        match results {
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let columns = variables.iter().map(|v| v.as_str().to_owned()).collect();
                let mut rows = Vec::new();
                for solution in solutions {
                    let solution = solution?;
                    let cell = |variable| {
                        let term = solution.get(variable);
                        term.map_or_else(String::new, |term| shown(term.into(), prefixes))
                    };
                    rows.push(variables.iter().map(cell).collect());
                }
                Ok(Self { columns, rows })
            }
            QueryResults::Boolean(answer) => Ok(Self {
                columns: vec!["answer".to_owned()],
                rows: vec![vec![answer.to_string()]],
            }),
            QueryResults::Graph(triples) => {
                let triples = sorted_triples(triples)?;
                let rows = triples.iter().map(|triple| {
                    let subject = match triple.subject.as_ref() {
                        NamedOrBlankNodeRef::NamedNode(node) => name(node, prefixes),
                        NamedOrBlankNodeRef::BlankNode(node) => node.to_string(),
                    };
                    let predicate = name(triple.predicate.as_ref(), prefixes);
                    vec![subject, predicate, shown(triple.object.as_ref(), prefixes)]
                });
                let columns = ["subject", "predicate", "object"]
                    .map(str::to_owned)
                    .to_vec();
                Ok(Self {
                    columns,
                    rows: rows.collect(),
                })
            }
        }
    }
}

fn shown(term: TermRef<'_>, prefixes: &Prefixes) -> String {
    match term {
        TermRef::NamedNode(node) => name(node, prefixes),
        TermRef::BlankNode(node) => node.to_string(),
        TermRef::Literal(literal) => literal.value().to_owned(),
    }
}

fn name(node: NamedNodeRef<'_>, prefixes: &Prefixes) -> String {
    prefixes.shorten(node.as_str())
}
