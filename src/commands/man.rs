//! `man`: the manual page, made from the options' own help.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::CommandFactory;

use crate::arguments::Arguments;

pub(super) fn run(name: Option<&str>) -> Result<ExitCode> {
    let mut whole = Arguments::command();
    // Gives the commands their full names and the global options.
    whole.build();
    let command = match name {
        Some(name) => {
            let found = whole.find_subcommand(name);
            found.with_context(|| format!("no command {name}: `fangzhi --help` lists them"))?
        }
        None => &whole,
    };
    // The date would be that of the build.
    let page = clap_mangen::Man::new(command.clone()).date("");
    let mut out = super::output(None)?;
    page.render(&mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
