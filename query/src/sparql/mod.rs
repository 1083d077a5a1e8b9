//! Takes a SPARQL query, returns its answer in any of the standard formats or as a table.
//!
//! The prefixes of the contract are declared already. A query only ever sees the default graph and
//! what it asks for with `GRAPH`; updates are refused, since a knowledge base is sealed.
//!
//! A query with a timeout runs in a thread of its own: Oxigraph's cancellation token does not stop
//! every query (sorting a large join, a cross product), so the caller is answered all the same and
//! the thread is left to end with the process. Refused alternative: a child process, which would
//! load the graph a second time.

mod answer;
mod error;
mod hint;
mod locate;
mod prefixes;
mod table;
mod tokens;

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, SparqlEvaluator};
use oxigraph::store::Store;

pub use answer::ResultFormat;
pub(crate) use answer::serializer;
pub use error::SparqlError;
pub use prefixes::Prefixes;
pub use table::Table;

/// After the timeout a query has this long to stop by itself.
const GRACE: Duration = Duration::from_millis(300);

/// Answers a query into `out`. Solutions come in the query's order, triples sorted.
///
/// Without a timeout solutions are written as they come; with one, `out` gets either the whole
/// answer or nothing.
///
/// # Errors
/// [`SparqlError::Syntax`] and [`SparqlError::Update`] before anything is written,
/// [`SparqlError::Timeout`], [`SparqlError::Format`] where the format does not fit the form of the
/// query, [`SparqlError::Evaluation`], and [`SparqlError::Output`] where `out` fails.
pub fn write(
    store: &Store,
    prefixes: &Prefixes,
    query: &str,
    format: ResultFormat,
    timeout: Option<Duration>,
    out: &mut impl Write,
) -> Result<(), SparqlError> {
    let Some(timeout) = timeout else {
        let token = CancellationToken::new();
        let results = prepare(prefixes, query, token)?.on_store(store).execute()?;
        return answer::write(results, prefixes, format, out);
    };
    let (shared, names) = (store.clone(), prefixes.clone());
    let text = query.to_owned();
    let bytes = within(timeout, move |token| {
        let results = prepare(&names, &text, token)?.on_store(&shared).execute()?;
        let mut bytes = Vec::new();
        answer::write(results, &names, format, &mut bytes)?;
        Ok(bytes)
    })?;
    out.write_all(&bytes).map_err(SparqlError::Output)
}

/// Answers a query as a table of strings: names shortened by prefix, literals without their type.
///
/// # Errors
/// As [`write()`], without those of formats and of output.
pub fn table(
    store: &Store,
    prefixes: &Prefixes,
    query: &str,
    timeout: Option<Duration>,
) -> Result<Table, SparqlError> {
    let (shared, names) = (store.clone(), prefixes.clone());
    let text = query.to_owned();
    let work = move |token| {
        let results = prepare(&names, &text, token)?.on_store(&shared).execute()?;
        Table::of(results, &names)
    };
    match timeout {
        Some(timeout) => within(timeout, work),
        None => work(CancellationToken::new()),
    }
}

/// Checks a query without running it.
///
/// # Errors
/// [`SparqlError::Syntax`] and [`SparqlError::Update`].
pub fn check(prefixes: &Prefixes, query: &str) -> Result<(), SparqlError> {
    prepare(prefixes, query, CancellationToken::new()).map(drop)
}

fn prepare(
    prefixes: &Prefixes,
    query: &str,
    token: CancellationToken,
) -> Result<PreparedSparqlQuery, SparqlError> {
    evaluator(prefixes)
        .with_cancellation_token(token)
        .parse_query(query)
        .map_err(|error| error::explain(query, prefixes, error))
}

/// Makes an evaluator that knows the prefixes; one that is no IRI is left out, and a query that uses
/// it is told so.
fn evaluator(prefixes: &Prefixes) -> SparqlEvaluator {
    prefixes
        .iter()
        .fold(SparqlEvaluator::new(), |evaluator, (name, iri)| {
            evaluator
                .clone()
                .with_prefix(name, iri)
                .unwrap_or(evaluator)
        })
}

fn within<T: Send + 'static>(
    timeout: Duration,
    work: impl FnOnce(CancellationToken) -> Result<T, SparqlError> + Send + 'static,
) -> Result<T, SparqlError> {
    let token = CancellationToken::new();
    let (sender, receiver) = channel();
    let inside = token.clone();
    thread::spawn(move || {
        // Nobody listens after the timeout.
        let _ = sender.send(work(inside));
    });
    let timed_out = || SparqlError::Timeout {
        seconds: timeout.as_secs_f64(),
    };
    match receiver.recv_timeout(timeout) {
        Ok(result) => result,
        Err(RecvTimeoutError::Disconnected) => Err(SparqlError::Crashed),
        Err(RecvTimeoutError::Timeout) => {
            token.cancel();
            match receiver.recv_timeout(GRACE) {
                Ok(Ok(answer)) => Ok(answer),
                Ok(Err(_)) | Err(_) => Err(timed_out()),
            }
        }
    }
}

#[cfg(test)]
mod tests;
