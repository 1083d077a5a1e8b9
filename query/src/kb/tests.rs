use std::fs::File;
use std::time::{Duration, UNIX_EPOCH};

use super::store::GRAPH;
use super::*;
use crate::rdf::Evidence;
use crate::tests::fixture;

fn options(day: u64) -> CreateOptions {
    CreateOptions {
        built: UNIX_EPOCH + Duration::from_secs(day * 86_400),
        ..CreateOptions::default()
    }
}

fn create(dir: &Path, extractions: Vec<Extraction>, day: u64) -> Created {
    let gazetteer = fixture::gazetteer();
    KnowledgeBase::create(dir, extractions, gazetteer, &fixture::run(), &options(day)).unwrap()
}

/// The error's message, which is one line.
fn failure<T>(result: Result<T, KbError>) -> String {
    let message = result.err().expect("an error").to_string();
    assert_eq!(message.lines().count(), 1, "{message}");
    message
}

#[test]
fn what_is_created_can_be_opened() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kb");
    let created = create(&path, vec![fixture::yanbian(), fixture::baishan()], 1);
    let kb = KnowledgeBase::open(&path).unwrap();
    assert_eq!(kb.manifest(), &created.manifest);
    assert_eq!(kb.manifest().built, "1970-01-02T00:00:00Z");
    assert_eq!(kb.store().unwrap().len().unwrap(), kb.manifest().quads);
    assert_eq!(kb.manifest().summary.documents.len(), 2);
    assert_eq!(kb.long_load_s(), None);
    // Linking again what is kept gives the same graph.
    let graph = kb.graph(fixture::gazetteer()).unwrap();
    let again = canonical_form(&graph, &fixture::run(), kb.iris(), Evidence::Compact).unwrap();
    assert_eq!(again.digest(), kb.manifest().digest);
    let text: Vec<u8> = again
        .lines()
        .flat_map(|line| format!("{line}\n").into_bytes())
        .collect();
    assert_eq!(kb.canonical().unwrap(), text);
}

#[test]
fn only_the_manifest_knows_the_time() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    create(&one, vec![fixture::yanbian(), fixture::baishan()], 1);
    create(&two, vec![fixture::baishan(), fixture::yanbian()], 2);
    assert_eq!(
        fs::read(one.join(GRAPH)).unwrap(),
        fs::read(two.join(GRAPH)).unwrap()
    );
    let manifest = |path: &Path| fs::read_to_string(path.join(manifest::FILE)).unwrap();
    assert_eq!(
        manifest(&one).replace("1970-01-02", "1970-01-03"),
        manifest(&two)
    );
}

#[test]
fn of_equal_contents_the_smallest_id_stays() {
    let dir = tempfile::tempdir().unwrap();
    let mut copy = fixture::baishan();
    copy.document.id = "a-copy.txt".into();
    let created = create(dir.path(), vec![fixture::baishan(), copy], 1);
    assert_eq!(created.graph.diagnostics().len(), 1);
    let kept = KnowledgeBase::open(dir.path())
        .unwrap()
        .extractions()
        .unwrap();
    let ids: Vec<_> = kept
        .iter()
        .map(|extraction| extraction.document.id.as_str())
        .collect();
    assert_eq!(ids, ["a-copy.txt"]);
}

/// A document with its name and, so that contents differ, a number in its digest.
fn named(id: &str, content: u32) -> Extraction {
    let mut extraction = match content % 2 {
        0 => fixture::baishan(),
        _ => fixture::yanbian(),
    };
    extraction.document.id = id.to_owned();
    extraction.document.sha256 = format!("{content:064x}");
    extraction
}

fn update(dir: &Path, change: Change) -> Result<Created, KbError> {
    let built = options(3).built;
    Writer::begin(dir)?.update(change, fixture::gazetteer(), &fixture::run(), built)
}

/// Any sequence of additions, replacements and removals gives the files that a clean build of what
/// is then there gives, but for the time in the manifest.
#[test]
fn incremental_is_rebuilt() {
    // A linear congruential generator (Numerical Recipes' constants).
    let mut state = 1_u32;
    let mut below = |n: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % n
    };
    let dir = tempfile::tempdir().unwrap();
    let (path, clean) = (dir.path().join("kb"), dir.path().join("clean"));
    for _ in 0..8 {
        let mut there: std::collections::BTreeMap<String, u32> = [("a.txt".to_owned(), 0)].into();
        create(&path, vec![named("a.txt", 0)], 3);
        for _ in 0..12 {
            let id = format!("{}.txt", ["a", "b", "c", "d"][below(4) as usize]);
            let change = if there.contains_key(&id) && below(2) == 0 {
                there.remove(&id);
                Change {
                    remove: vec![id],
                    ..Change::default()
                }
            } else {
                // Few contents, so that documents with the same one are common.
                let content = below(4);
                there.insert(id.clone(), content);
                Change {
                    add: vec![named(&id, content)],
                    ..Change::default()
                }
            };
            update(&path, change).unwrap();
            let all = there.iter().map(|(id, content)| named(id, *content));
            create(&clean, all.collect(), 3);
            assert_eq!(files(&path), files(&clean), "{there:?}");
        }
    }
}

/// Every file of the knowledge base that is the same for the same documents, with its bytes.
fn files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for folder in [dir.to_owned(), dir.join(EXTRACTIONS)] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                files.push((
                    path.strip_prefix(dir).unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                ));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_change_that_cannot_be_made_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kb");
    let remove = |name: &str| Change {
        remove: vec![name.to_owned()],
        ..Change::default()
    };
    assert!(failure(update(&path, remove("a.txt"))).contains("there is no knowledge base at"));
    create(&path, vec![named("a.txt", 0)], 1);
    let before = files(&path);
    assert!(failure(update(&path, remove("b.txt"))).contains("has no document b.txt"));
    let other = RunInfo {
        tool_version: "99".to_owned(),
        ..RunInfo::default()
    };
    let writer = Writer::begin(&path).unwrap();
    let refused = writer.update(Change::default(), fixture::gazetteer(), &other, UNIX_EPOCH);
    assert!(failure(refused).contains("this is version 99 without packs"));
    let busy = Writer::begin(&path).unwrap();
    assert!(failure(update(&path, remove("a.txt"))).contains("another process is changing"));
    drop(busy);
    assert_eq!(files(&path), before);
    let iri = KnowledgeBase::open(&path)
        .unwrap()
        .iris()
        .document(&format!("{:064x}", 0));
    let created = update(&path, remove(&iri)).unwrap();
    assert!(created.manifest.summary.documents.is_empty());
}

#[test]
fn another_knowledge_base_is_replaced_and_nothing_else_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kb");
    create(&path, vec![fixture::baishan()], 1);
    create(&path, vec![fixture::yanbian()], 1);
    assert_eq!(
        KnowledgeBase::open(&path)
            .unwrap()
            .manifest()
            .summary
            .documents
            .len(),
        1
    );

    let precious = dir.path().join("precious");
    fs::create_dir(&precious).unwrap();
    fs::write(precious.join("thesis.txt"), "text").unwrap();
    let gazetteer = fixture::gazetteer();
    let refused = KnowledgeBase::create(&precious, vec![], gazetteer, &fixture::run(), &options(1));
    assert!(failure(refused).contains("is not a knowledge base"));
    assert_eq!(
        fs::read_to_string(precious.join("thesis.txt")).unwrap(),
        "text"
    );
    let bad = CreateOptions {
        base_iri: "no base".into(),
        ..options(1)
    };
    let refused = KnowledgeBase::create(&path, vec![], gazetteer, &fixture::run(), &bad);
    assert!(failure(refused).contains("base IRI"));
    assert_eq!(
        KnowledgeBase::open(&path)
            .unwrap()
            .manifest()
            .summary
            .documents
            .len(),
        1
    );
}

#[test]
fn every_fault_has_its_own_message() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kb");
    let open = || failure(KnowledgeBase::open(&path));
    assert!(open().contains("there is no knowledge base at"));
    fs::create_dir(&path).unwrap();
    assert!(open().contains("is not a knowledge base"));
    fs::write(path.join(manifest::FILE), "{").unwrap();
    assert!(open().contains("manifest.json of the knowledge base"));
    fs::write(path.join(manifest::FILE), "{\"format\": 99}").unwrap();
    assert!(open().contains("has format 99, this program reads format 1"));

    create(&path, vec![fixture::baishan()], 1);
    let kb = KnowledgeBase::open(&path).unwrap();
    let graph = fs::read(path.join(GRAPH)).unwrap();
    fs::write(path.join(GRAPH), &graph[..graph.len() / 2]).unwrap();
    assert!(failure(kb.canonical()).contains("graph.nq.zst of the knowledge base"));
    let other = fixture::canonical(&fixture::graph(), Evidence::Compact);
    other
        .write_compressed(File::create(path.join(GRAPH)).unwrap())
        .unwrap();
    assert!(failure(kb.canonical()).contains("its digest is not the manifest's"));
    fs::remove_dir_all(path.join(EXTRACTIONS)).unwrap();
    assert!(failure(kb.extractions()).contains("extractions/"));
}

#[test]
fn an_empty_knowledge_base_is_one() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path(), vec![], 1);
    let kb = KnowledgeBase::open(dir.path()).unwrap();
    assert!(kb.store().unwrap().len().unwrap() > 0);
}

#[cfg(feature = "rocksdb")]
#[test]
fn a_store_that_is_missing_or_of_another_graph_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kb");
    create(&path, vec![fixture::baishan()], 1);
    let quads = |path: &Path| {
        let kb = KnowledgeBase::open(path).unwrap();
        let count = kb.store().unwrap().len().unwrap();
        assert_eq!(kb.long_load_s(), None);
        assert_eq!(count, kb.manifest().quads);
        count
    };
    let before = quads(&path);
    fs::remove_dir_all(path.join("store")).unwrap();
    assert_eq!(quads(&path), before);
    assert!(path.join("store").is_dir());
    fs::write(path.join("store.sha256"), "of another graph").unwrap();
    assert_eq!(quads(&path), before);
    let digest = fs::read_to_string(path.join("store.sha256")).unwrap();
    assert_eq!(
        digest.trim(),
        KnowledgeBase::open(&path).unwrap().manifest().digest
    );
}
