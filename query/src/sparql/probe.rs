#[test]
fn probe() {
    for q in ["SELECT ?x {\n ?x skos:prefLabel \"abc\" ORDER }", "SELECT ?x WHERE { ?x a fz:Place } ORDER ?x", "SELECT ?x WHERE { ?x a fz:Place ; ; } LIMT 3","SELECT ?x WHERE { ?x a } LIMIT 3", "SELECT ?x { ?x skos:prefLabel \"白山市\" ! }", "SELECT ?x { ?x a fz:Place . FILTR(?x) }", "SELECT ?x { ?x a fz:Place . FILTER(?x > ) }", "SELECT (COUNT(?x) ?n) { ?x a fz:Place }", "SELECT ?x { ?x a fz:Place } GROUP ?x LIMIT 1000 OFFSET 3","SELECT ?x { ?x 白 fz:Place }", "SELECT ?x { ?x a fz:Place } ORDER BY ?x LIMIT"] {
        let e = oxigraph::sparql::SparqlEvaluator::new().with_prefix("fz","http://a/").unwrap().with_prefix("skos","http://b/").unwrap().parse_query(q).err().map(|e| e.to_string());
        println!("{q:?}\n   len {} {e:?}", q.chars().count());
    }
}
