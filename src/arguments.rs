//! The options of every command.

mod limits;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use ontology::record::EntityClass;

pub(crate) use limits::Limits;

/// Turns Chinese documents about places into a knowledge graph that can prove every statement.
#[derive(Debug, Parser)]
#[command(name = "fangzhi", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// Language of messages and reports [default: by locale, else zh]
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Language>,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more (notes on each document)
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Language of messages and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build a knowledge base from files, folders, or stdin (-)
    Build(Build),
    /// Add documents to a knowledge base; those it has under the same name are replaced
    Add(Add),
    /// Remove documents from a knowledge base
    Remove(Remove),
    /// Extract only: one JSON record a document on stdout
    Extract(Extract),
    /// Print a document's text as the recognisers see it
    Text(Text),
    /// Ask in SPARQL, or a ready-made question
    Query(Query),
    /// Compare regions: numbers side by side, each with its quote
    Compare(Compare),
    /// List what was aligned with which indicator, and why
    Indicators(Indicators),
    /// Draw: Graphviz DOT on stdout
    Dot(Dot),
    /// Export the graph
    Export(Export),
    /// Precision, recall and F1 per class against hand-made answers
    Eval(Eval),
    /// Show what is known about a name, each line with its quote
    Show(Show),
    /// How two things are joined: a shortest chain of relations, each with its quote
    Path(PathBetween),
    /// Counts per class, document and region; versions; digest
    Info(KnowledgeBaseArgument),
    /// Check that a knowledge base is whole and says nothing without evidence
    Check(KnowledgeBaseArgument),
    /// Print the completion script of a shell
    Completions {
        /// For which shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// Of this command [default: of fangzhi as a whole]
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct KnowledgeBaseArgument {
    /// Folder of the knowledge base
    #[arg(
        long,
        env = "FANGZHI_KB",
        default_value = "fangzhi.kb",
        value_name = "DIR"
    )]
    pub(crate) kb: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Files (txt md html pdf docx xlsx csv json jsonl epub), archives of them (zip tar.gz), folders,
    /// or - for stdin: JSON Lines {"id","text",…} or a document
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// Folder with word lists of your own, laid out like ontology/lexicon; wins over what is built
    /// in (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) pack: Vec<PathBuf>,
    /// Encoding of the documents, such as gb18030 or big5 [default: detected]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// Columns or keys of tables and JSON: text=…,title=…,date=…,source=…,author=…,url=…,id=…
    /// [default: by their usual names]
    #[arg(long, value_name = "FIELD=NAME,…")]
    pub(crate) columns: Option<String>,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Base of the resources' IRIs
    #[arg(long, default_value = ontology::iri::DEFAULT_BASE, value_name = "IRI")]
    pub(crate) base_iri: String,
    /// How much evidence is kept: spans, or rules and confidences too
    #[arg(long, value_enum, default_value = "compact")]
    pub(crate) evidence: EvidenceArgument,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Debug, Args)]
pub(crate) struct Remove {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    /// File names as `info` lists them, or IRIs
    #[arg(required = true, value_name = "DOC")]
    pub(crate) documents: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvidenceArgument {
    Compact,
    Full,
}

#[derive(Debug, Args)]
pub(crate) struct Text {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// One JSON object a document: text, map to the original, metadata, encoding, repairs, holes
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Debug, Args)]
pub(crate) struct Query {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    /// The query (prefixes are declared already)
    #[arg(value_name = "SPARQL", required_unless_present_any = ["file", "name", "list"])]
    pub(crate) sparql: Option<String>,
    /// Read the query from a file
    #[arg(long, value_name = "F", conflicts_with_all = ["sparql", "name"])]
    pub(crate) file: Option<PathBuf>,
    /// Ask a ready-made question
    #[arg(long, value_name = "NAME", conflicts_with = "sparql")]
    pub(crate) name: Option<String>,
    /// List the ready-made questions
    #[arg(long)]
    pub(crate) list: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: AnswerFormat,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS")]
    pub(crate) timeout: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    Table,
    Csv,
    Tsv,
    Json,
    Xml,
    Turtle,
    Ntriples,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    /// Regions by code, full name or alias [default: all that documents are about]
    #[arg(value_name = "REGION")]
    pub(crate) regions: Vec<String>,
    /// Form of the report [default: by the file's ending, else html]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReportFormat>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Only this indicator
    #[arg(long, value_name = "NAME")]
    pub(crate) indicator: Option<String>,
    /// Inhabitants, to show counts per 10,000 people and money per head: lines of region and number
    #[arg(long, value_name = "FILE")]
    pub(crate) population: Option<PathBuf>,
    /// Print the JSON schema of `--format json`
    #[arg(long)]
    pub(crate) json_schema: bool,
    /// Only entities of this class
    #[arg(long = "type", value_name = "TYPE", value_parser = class)]
    pub(crate) class: Option<EntityClass>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Html,
    Md,
    Csv,
    Json,
    Xlsx,
}

#[derive(Debug, Args)]
pub(crate) struct Indicators {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    /// Only this indicator, or what was not aligned with any (own)
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Form of the list
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: IndicatorsFormat,
    /// Print the whole scheme in SKOS (Turtle) instead; needs no knowledge base
    #[arg(long)]
    pub(crate) scheme: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IndicatorsFormat {
    Table,
    Csv,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Dot {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    /// Only what is near this entity
    #[arg(long, value_name = "NAME")]
    pub(crate) around: Option<String>,
    /// How near, in steps
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) depth: usize,
    /// Only what belongs to this region
    #[arg(long, value_name = "R")]
    pub(crate) region: Option<String>,
    /// Only entities of this class, and what they are related to
    #[arg(long = "type", value_name = "T", value_parser = class)]
    pub(crate) class: Option<EntityClass>,
    /// Most nodes to draw, the most connected first
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    /// In which format
    #[arg(long, value_enum)]
    pub(crate) format: ExportFormat,
    /// Write to a file, neo4j and csv to a folder [default: stdout]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Every graph, sorted: the canonical form
    Nquads,
    /// Every graph, with prefixes
    Trig,
    /// The default graph: the knowledge without its evidence
    Turtle,
    /// Every graph, with a context
    Jsonld,
    /// Nodes and edges for yEd, Cytoscape, networkx
    Graphml,
    /// Nodes and edges for Gephi
    Gexf,
    /// Two tables for `neo4j-admin database import`
    Neo4j,
    /// Points of places and sites
    Geojson,
    /// A table for each class, one of relations, one of observations
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct Eval {
    /// Folder with the answers: one NAME.json for each document NAME.*
    #[arg(long, value_name = "GOLD_DIR")]
    pub(crate) gold: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// List every mistake
    #[arg(long)]
    pub(crate) errors: bool,
    /// Form of the figures
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: FiguresFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FiguresFormat {
    Table,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    /// A name, an alias, a code, or a key such as place/220600
    #[arg(required_unless_present = "why")]
    pub(crate) name: Option<String>,
    /// Why two names are one thing, or why they are not
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with = "name")]
    pub(crate) why: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PathBetween {
    #[command(flatten)]
    pub(crate) kb: KnowledgeBaseArgument,
    /// Where it begins: a name, an alias, a code, or a key such as place/220600
    #[arg(value_name = "A")]
    pub(crate) from: String,
    /// Where it ends
    #[arg(value_name = "B")]
    pub(crate) to: String,
}

fn class(name: &str) -> Result<EntityClass, String> {
    EntityClass::ALL
        .into_iter()
        .find(|class| class.name().eq_ignore_ascii_case(name))
        .ok_or_else(|| {
            format!(
                "one of {}",
                EntityClass::ALL.map(EntityClass::name).join(", ")
            )
        })
}
