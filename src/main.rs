//! The command line: parses arguments, calls the crates, prints, maps errors to exit codes.
//! No logic of its own.

mod arguments;
mod commands;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

/// It could not be done: usage, missing knowledge base, unreadable input, bad query.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match commands::run(arguments) {
        Ok(code) => code,
        // Whoever reads our output may stop reading.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let line = format!("{error:#}").replace('\n', " ");
            // There is nowhere to report that stderr is closed.
            let _ = writeln!(io::stderr(), "fangzhi: {line}");
            ExitCode::from(FAILED)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    })
}
