//! Takes a network, returns the two tables that `neo4j-admin database import` reads.

use std::io::Write;

use super::network::Network;

/// What stands between the values of an array; the import's default.
const ARRAY: &str = ";";

impl Network {
    /// Writes `nodes.csv`: entities, posts and documents, each with its class as label.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn write_neo4j_nodes(&self, out: &mut impl Write) -> Result<(), csv::Error> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
            "id:ID",
            ":LABEL",
            "name",
            "aliases:string[]",
            "kind",
            "adcode",
            "region",
            "longitude:double",
            "latitude:double",
            "documents:int",
            "degree:int",
        ])?;
        let degrees = |value: Option<f64>| value.map(|x| x.to_string()).unwrap_or_default();
        for node in &self.nodes {
            table.write_record([
                node.id.clone(),
                node.class.to_owned(),
                node.label.clone(),
                array(&node.aliases),
                node.kind.clone().unwrap_or_default(),
                node.adcode.clone().unwrap_or_default(),
                node.region.clone().unwrap_or_default(),
                degrees(node.longitude),
                degrees(node.latitude),
                node.documents.to_string(),
                node.degree.to_string(),
            ])?;
        }
        Ok(table.flush()?)
    }

    /// Writes `relationships.csv`; types are the relations' names as Neo4j writes them, such as
    /// `HOLDS_POST`.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn write_neo4j_relationships(&self, out: &mut impl Write) -> Result<(), csv::Error> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([":START_ID", ":TYPE", ":END_ID", "documents:string[]"])?;
        for edge in &self.edges {
            let documents = array(&edge.documents);
            let relation = upper_snake(edge.relation);
            table.write_record([&edge.source, &relation, &edge.target, &documents])?;
        }
        Ok(table.flush()?)
    }
}

/// Joins values; the separator cannot stand in one of them, so a full-width one takes its place.
fn array(values: &[String]) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|value| value.replace(ARRAY, "；"))
        .collect();
    values.join(ARRAY)
}

fn upper_snake(camel: &str) -> String {
    camel.chars().fold(String::new(), |mut out, c| {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
        out
    })
}
