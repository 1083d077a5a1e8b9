//! `export`: the graph in a format that other tools read.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use graph::Network;
use ontology::gazetteer::Gazetteer;
use query::export::table::Table;
use query::export::{self, map};
use query::kb::KnowledgeBase;

use crate::arguments::{Export, ExportFormat};

pub(super) fn run(options: &Export) -> Result<ExitCode> {
    let kb = super::open(&options.kb)?;
    let path = options.output.as_deref();
    let out = || super::output(path);
    match options.format {
        ExportFormat::Nquads => export::nquads(&kb, &mut out()?)?,
        ExportFormat::Turtle => export::turtle(&kb, &mut out()?)?,
        ExportFormat::Trig => export::trig(&kb, &mut out()?)?,
        ExportFormat::Jsonld => export::jsonld(&kb, &mut out()?)?,
        ExportFormat::Graphml => network(&kb)?.write_graphml(&mut out()?)?,
        ExportFormat::Gexf => network(&kb)?.write_gexf(&mut out()?)?,
        ExportFormat::Geojson => {
            let gazetteer = Gazetteer::shared()?;
            map::geojson(&kb.graph(gazetteer)?, gazetteer, kb.iris(), &mut out()?)?;
        }
        ExportFormat::Neo4j => {
            let (network, folder) = (network(&kb)?, folder(path)?);
            network.write_neo4j_nodes(&mut file(folder, "nodes.csv")?)?;
            network.write_neo4j_relationships(&mut file(folder, "relationships.csv")?)?;
        }
        ExportFormat::Csv => {
            let (graph, folder) = (kb.graph(Gazetteer::shared()?)?, folder(path)?);
            for table in Table::all() {
                table.write(&graph, &mut file(folder, &table.file())?)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn network(kb: &KnowledgeBase) -> Result<Network> {
    let gazetteer = Gazetteer::shared()?;
    Ok(kb.graph(gazetteer)?.network(gazetteer))
}

/// Gives the folder that a format of several files needs, made where it is missing.
fn folder(path: Option<&Path>) -> Result<&Path> {
    let Some(folder) = path else {
        bail!("this format is several files: name a folder for them with -o");
    };
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make {}; check the path", folder.display()))?;
    Ok(folder)
}

fn file(folder: &Path, name: &str) -> Result<Box<dyn Write>> {
    super::output(Some(&folder.join(name)))
}
