//! Takes the results of a query, returns them in a standard format.

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Triple;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};

use super::{Prefixes, SparqlError};

/// Formats of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResultFormat {
    /// SPARQL 1.1 results as CSV.
    Csv,
    /// SPARQL 1.1 results as TSV.
    Tsv,
    /// SPARQL 1.1 results as JSON.
    Json,
    /// SPARQL results as XML.
    Xml,
    /// Triples as Turtle.
    Turtle,
    /// Triples as N-Triples.
    NTriples,
}

/// What a format is for.
enum Syntax {
    Results(QueryResultsFormat),
    Triples(RdfFormat),
}

impl ResultFormat {
    /// All formats.
    pub const ALL: [Self; 6] = [
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Xml,
        Self::Turtle,
        Self::NTriples,
    ];

    /// Gives the name that the command line uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
        }
    }

    /// Finds the format with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    fn syntax(self) -> Syntax {
        match self {
            Self::Csv => Syntax::Results(QueryResultsFormat::Csv),
            Self::Tsv => Syntax::Results(QueryResultsFormat::Tsv),
            Self::Json => Syntax::Results(QueryResultsFormat::Json),
            Self::Xml => Syntax::Results(QueryResultsFormat::Xml),
            Self::Turtle => Syntax::Triples(RdfFormat::Turtle),
            Self::NTriples => Syntax::Triples(RdfFormat::NTriples),
        }
    }
}

/// Writes the results; a format that does not fit is refused before anything is written.
pub(super) fn write(
    results: QueryResults<'_>,
    prefixes: &Prefixes,
    format: ResultFormat,
    out: &mut impl Write,
) -> Result<(), SparqlError> {
    match (results, format.syntax()) {
        (QueryResults::Solutions(solutions), Syntax::Results(syntax)) => {
            write_solutions(solutions, syntax, out)
        }
        (QueryResults::Boolean(answer), Syntax::Results(syntax)) => {
            write_boolean(answer, syntax, out).map_err(SparqlError::Output)
        }
        (QueryResults::Graph(triples), Syntax::Triples(syntax)) => {
            let triples = sorted_triples(triples)?;
            write_triples(&triples, syntax, prefixes, out).map_err(SparqlError::Output)
        }
        (QueryResults::Graph(_), Syntax::Results(_)) => Err(SparqlError::Format {
            format,
            fits: "SELECT and ASK, and this query gives triples",
            instead: "turtle, ntriples or table",
        }),
        (QueryResults::Solutions(_) | QueryResults::Boolean(_), Syntax::Triples(_)) => {
            Err(SparqlError::Format {
                format,
                fits: "CONSTRUCT and DESCRIBE, and this query gives no triples",
                instead: "table, csv, tsv, json or xml",
            })
        }
    }
}

fn write_solutions(
    solutions: QuerySolutionIter<'_>,
    syntax: QueryResultsFormat,
    out: &mut impl Write,
) -> Result<(), SparqlError> {
    let variables = solutions.variables().to_vec();
    let mut writer = QueryResultsSerializer::from_format(syntax)
        .serialize_solutions_to_writer(&mut *out, variables)
        .map_err(SparqlError::Output)?;
    for solution in solutions {
        writer.serialize(&solution?).map_err(SparqlError::Output)?;
    }
    let out = writer.finish().map_err(SparqlError::Output)?;
    final_line_feed(syntax, out).map_err(SparqlError::Output)
}

fn write_boolean(answer: bool, syntax: QueryResultsFormat, out: &mut impl Write) -> io::Result<()> {
    let out = QueryResultsSerializer::from_format(syntax)
        .serialize_boolean_to_writer(&mut *out, answer)?;
    out.write_all(b"\n")
}

/// CSV and TSV end their last line themselves, JSON and XML do not.
fn final_line_feed(syntax: QueryResultsFormat, out: &mut impl Write) -> io::Result<()> {
    let ended = matches!(syntax, QueryResultsFormat::Csv | QueryResultsFormat::Tsv);
    if ended { Ok(()) } else { out.write_all(b"\n") }
}

/// Gathers triples in one order, each once: the store gives them in none.
pub(super) fn sorted_triples(triples: QueryTripleIter<'_>) -> Result<Vec<Triple>, SparqlError> {
    let mut triples = triples.collect::<Result<Vec<Triple>, _>>()?;
    triples.sort_by_cached_key(ToString::to_string);
    triples.dedup();
    Ok(triples)
}

fn write_triples(
    triples: &[Triple],
    syntax: RdfFormat,
    prefixes: &Prefixes,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut writer = serializer(syntax, prefixes).for_writer(out);
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish().map(drop)
}

/// Makes a serializer with the prefixes; `id:` is left out, since it would win over the prefixes of
/// what is below it.
pub(crate) fn serializer(syntax: RdfFormat, prefixes: &Prefixes) -> RdfSerializer {
    let prefixes = prefixes.iter().filter(|(name, _)| *name != "id");
    prefixes.fold(
        RdfSerializer::from_format(syntax),
        |serializer, (name, iri)| {
            // A namespace that is no IRI shortens nothing.
            serializer
                .clone()
                .with_prefix(name, iri)
                .unwrap_or(serializer)
        },
    )
}
