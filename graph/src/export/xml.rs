//! Takes a network, returns it as GraphML or GEXF, the XML forms that Gephi, yEd, Cytoscape and networkx read.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::network::{Edge, Network, Node};

/// A property: its name, its type in both formats, where it stands.
struct Property<T> {
    name: &'static str,
    kind: Kind,
    value: fn(&T) -> Option<String>,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Count,
    Degrees,
}

impl Kind {
    /// Its name, which is the same in both formats.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Count => "long",
            Self::Degrees => "double",
        }
    }
}

/// Several names in one value; no name holds it.
const SEPARATOR: &str = "|";

const NODE: [Property<Node>; 10] = [
    property("label", Kind::Text, |node| Some(node.label.clone())),
    property("class", Kind::Text, |node| Some(node.class.to_owned())),
    property("aliases", Kind::Text, |node| joined(&node.aliases)),
    property("kind", Kind::Text, |node| node.kind.clone()),
    property("adcode", Kind::Text, |node| node.adcode.clone()),
    property("region", Kind::Text, |node| node.region.clone()),
    property("longitude", Kind::Degrees, |node| {
        node.longitude.map(|x| x.to_string())
    }),
    property("latitude", Kind::Degrees, |node| {
        node.latitude.map(|x| x.to_string())
    }),
    property("documents", Kind::Count, |node| {
        Some(node.documents.to_string())
    }),
    property("degree", Kind::Count, |node| Some(node.degree.to_string())),
];

const EDGE: [Property<Edge>; 2] = [
    property("relation", Kind::Text, |edge| {
        Some(edge.relation.to_owned())
    }),
    property("documents", Kind::Text, |edge| joined(&edge.documents)),
];

const fn property<T>(
    name: &'static str,
    kind: Kind,
    value: fn(&T) -> Option<String>,
) -> Property<T> {
    Property { name, kind, value }
}

fn joined(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join(SEPARATOR))
}

impl Network {
    /// Writes GraphML: one `<data>` for each property that a node or edge has. Characters that XML
    /// cannot hold are left out.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn write_graphml(&self, out: &mut impl Write) -> io::Result<()> {
        let mut xml = Writer::new_with_indent(out, b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element("graphml")
            .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
            .write_inner_content(|xml| {
                keys(xml, "node", &NODE)?;
                keys(xml, "edge", &EDGE)?;
                xml.create_element("graph")
                    .with_attributes([("id", "fangzhi"), ("edgedefault", "directed")])
                    .write_inner_content(|xml| self.graphml_items(xml))?;
                Ok(())
            })?;
        end(xml)
    }

    fn graphml_items<W: Write>(&self, xml: &mut Writer<W>) -> io::Result<()> {
        for node in &self.nodes {
            xml.create_element("node")
                .with_attribute(("id", &*clean(&node.id)))
                .write_inner_content(|xml| data(xml, node, "node", &NODE))?;
        }
        for (number, edge) in self.edges.iter().enumerate() {
            let number = number.to_string();
            xml.create_element("edge")
                .with_attributes([
                    ("id", number.as_str()),
                    ("source", &clean(&edge.source)),
                    ("target", &clean(&edge.target)),
                ])
                .write_inner_content(|xml| data(xml, edge, "edge", &EDGE))?;
        }
        Ok(())
    }

    /// Writes GEXF 1.2, the version that both Gephi and networkx read.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn write_gexf(&self, out: &mut impl Write) -> io::Result<()> {
        let mut xml = Writer::new_with_indent(out, b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element("gexf")
            .with_attributes([
                ("xmlns", "http://www.gexf.net/1.2draft"),
                ("version", "1.2"),
            ])
            .write_inner_content(|xml| {
                xml.create_element("graph")
                    .with_attributes([("defaultedgetype", "directed"), ("mode", "static")])
                    .write_inner_content(|xml| {
                        attributes(xml, "node", &NODE)?;
                        attributes(xml, "edge", &EDGE)?;
                        self.gexf_items(xml)
                    })?;
                Ok(())
            })?;
        end(xml)
    }

    fn gexf_items<W: Write>(&self, xml: &mut Writer<W>) -> io::Result<()> {
        xml.create_element("nodes").write_inner_content(|xml| {
            for node in &self.nodes {
                xml.create_element("node")
                    .with_attributes([("id", &*clean(&node.id)), ("label", &clean(&node.label))])
                    .write_inner_content(|xml| values(xml, node, &NODE))?;
            }
            Ok(())
        })?;
        xml.create_element("edges").write_inner_content(|xml| {
            for (number, edge) in self.edges.iter().enumerate() {
                xml.create_element("edge")
                    .with_attributes([
                        ("id", number.to_string().as_str()),
                        ("source", &clean(&edge.source)),
                        ("target", &clean(&edge.target)),
                        ("label", edge.relation),
                    ])
                    .write_inner_content(|xml| values(xml, edge, &EDGE))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn end<W: Write>(xml: Writer<W>) -> io::Result<()> {
    let mut out = xml.into_inner();
    out.write_all(b"\n")?;
    out.flush()
}

/// Declares the properties of nodes or edges in GraphML.
fn keys<W: Write, T>(xml: &mut Writer<W>, of: &str, properties: &[Property<T>]) -> io::Result<()> {
    for property in properties {
        xml.create_element("key")
            .with_attributes([
                ("id", format!("{of}-{}", property.name).as_str()),
                ("for", of),
                ("attr.name", property.name),
                ("attr.type", property.kind.name()),
            ])
            .write_empty()?;
    }
    Ok(())
}

fn data<W: Write, T>(
    xml: &mut Writer<W>,
    item: &T,
    of: &str,
    properties: &[Property<T>],
) -> io::Result<()> {
    for property in properties {
        if let Some(value) = (property.value)(item) {
            xml.create_element("data")
                .with_attribute(("key", format!("{of}-{}", property.name).as_str()))
                .write_text_content(BytesText::new(&clean(&value)))?;
        }
    }
    Ok(())
}

/// Declares the properties of nodes or edges in GEXF.
fn attributes<W: Write, T>(
    xml: &mut Writer<W>,
    of: &str,
    properties: &[Property<T>],
) -> io::Result<()> {
    xml.create_element("attributes")
        .with_attribute(("class", of))
        .write_inner_content(|xml| {
            for property in properties {
                xml.create_element("attribute")
                    .with_attributes([
                        ("id", property.name),
                        ("title", property.name),
                        ("type", property.kind.name()),
                    ])
                    .write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

fn values<W: Write, T>(
    xml: &mut Writer<W>,
    item: &T,
    properties: &[Property<T>],
) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for property in properties {
            if let Some(value) = (property.value)(item) {
                xml.create_element("attvalue")
                    .with_attributes([("for", property.name), ("value", &clean(&value))])
                    .write_empty()?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// Leaves out the characters that XML 1.0 has no way to write.
fn clean(text: &str) -> Cow<'_, str> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| allowed(*c)).collect())
    }
}
