"""Takes the folder of exports and the shapes, reads every format with an independent library, compares what they hold.

    python interchange.py WORK ontology/shapes.ttl

Exit code 1 and a line for each difference. The canonical N-Quads are the measure; the shapes must accept the graph and must
refuse it once a name is taken out.
"""
import csv, json, pathlib, sys

import networkx
import pyshacl
import rdflib
from rdflib.namespace import RDF, SKOS

FZ = rdflib.Namespace("https://w3id.org/fangzhi/ontology#")
CLASSES = ["Place", "Person", "Organization", "Program", "RedSite", "Work", "Event"]


def quads(path, form):
    """the quads of a file; a triple of the default graph has None for its graph"""
    dataset = rdflib.Dataset()
    dataset.parse(path, format=form)
    default = rdflib.graph.DATASET_DEFAULT_GRAPH_ID
    return {(s, p, o, None if g in (None, default) else g) for s, p, o, g in dataset.quads()}


def main():
    work, shapes = pathlib.Path(sys.argv[1]), sys.argv[2]
    faults = []

    def same(what, found, expected):
        if found != expected:
            faults.append(f"{what}: {found} instead of {expected}")

    everything = quads(work / "graph.nquads", "nquads")
    for form, name in [("trig", "trig"), ("jsonld", "json-ld")]:
        other = quads(work / f"graph.{form}", name)
        same(f"{form}: quads missing or added", (len(everything - other), len(other - everything)), (0, 0))
    graph = rdflib.Graph().parse(work / "graph.turtle", format="turtle")
    default = {quad[:3] for quad in everything if quad[3] is None}
    same("turtle: triples missing or added", (len(default - set(graph)), len(set(graph) - default)), (0, 0))

    entities = {s: name for name in CLASSES for s in graph.subjects(RDF.type, FZ[name])}
    labels = sorted(str(graph.value(s, SKOS.prefLabel)) for s in entities)
    for form, read in [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]:
        network = read(work / f"graph.{form}")
        found = sorted(data["label"] for _, data in network.nodes(data=True) if data["class"] in CLASSES)
        same(f"{form}: labels", found == labels, True)

    rows = lambda path: list(csv.DictReader(open(path, encoding="utf-8-sig", newline="")))
    nodes = rows(work / "neo4j" / "nodes.csv")
    same("neo4j: labels", sorted(row["name"] for row in nodes if row[":LABEL"] in CLASSES) == labels, True)
    ids = {row["id:ID"] for row in nodes}
    ends = {end for row in rows(work / "neo4j" / "relationships.csv") for end in (row[":START_ID"], row[":END_ID"])}
    same("neo4j: ends that are no nodes", len(ends - ids), 0)
    found = sorted(row["label"] for name in CLASSES for row in rows(work / "csv" / f"{name.lower()}.csv"))
    same("csv: labels", found == labels, True)
    observations = set(graph.subjects(RDF.type, rdflib.URIRef("http://purl.org/linked-data/cube#Observation")))
    same("csv: observations", len(rows(work / "csv" / "observations.csv")), len(observations))
    features = json.load(open(work / "graph.geojson", encoding="utf-8"))["features"]
    same("geojson: features that are no entities", {rdflib.URIRef(one["id"]) for one in features} - set(entities), set())

    shape = rdflib.Graph().parse(shapes, format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shape)
    if not conforms:
        faults.append(f"shapes: {report}")
    nameless = next(iter(sorted(entities)))
    graph.remove((nameless, SKOS.prefLabel, None))
    same("shapes: a graph with a nameless entity conforms", pyshacl.validate(graph, shacl_graph=shape)[0], False)

    for fault in faults:
        print(fault)
    print(f"{len(everything)} quads, {len(entities)} entities, {len(observations)} observations: {'read alike' if not faults else 'not read alike'}")
    sys.exit(1 if faults else 0)


main()
