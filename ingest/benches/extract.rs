//! Takes documents made from templates and the gazetteer, measures extraction in bytes a second beside
//! jieba's `cut` (with its model for unknown words) on the same text: the ratio of the two says what
//! extraction costs on any machine.

use divan::Bencher;
use divan::counter::BytesCount;
use ingest::Ingester;
use ontology::gazetteer::Gazetteer;
use ontology::record::PlaceLevel;

fn main() {
    divan::main();
}

/// Sentences, a line each, with slots: `P` a county, `T` a township of it, `N` a person, `#` a number.
const SENTENCES: &str = "\
本报P电（记者 N）近日，P召开红色文化保护利用工作会议，县委书记N出席并讲话。
P现有革命遗址#处，其中全国重点文物保护单位#处、省级文物保护单位#处。
20世纪30年代，红军在T一带开展游击战争，N等先后任中共P县委书记。
据了解，T依托革命旧址群打造研学线路#条，去年接待游客#万人次，实现旅游收入#亿元。
“这里的每一块石头都有故事。”讲解员N指着展柜里的一封家书说。
P教育局编写《家乡的红色故事》读本，发放到全县#所中小学。
为庆祝中国共产党成立100周年，P举办主题展览，展出文物#件（套）。
T老党员N今年#岁，义务守护烈士墓已经#年。
项目总投资#万元，占地#平方米，计划2025年底前建成。
P纪念馆馆长N介绍，场馆自1958年建成以来，累计接待观众#万人次。
当地干部群众说，日子越过越红火，离不开党的好政策。
雨后的山路有些湿滑，但前来瞻仰的人还是络绎不绝。
活动由P委宣传部、P退役军人事务局主办，T党委承办。
与2019年相比，T农村居民人均可支配收入增长#%，村集体经济收入达#万元。
N同志逝世后，人们在T修建了纪念碑，碑高#米。
近年来，P深入挖掘红色资源，推动“红色+绿色”融合发展，T入选乡村旅游重点镇。";

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗";
const GIVEN: &str = "建国华明志强文军平海英秀兰玉芳春梅红霞立新德福永年树林";

/// A linear congruential generator (Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound.max(1)
    }

    fn character(&mut self, of: &str) -> Option<char> {
        of.chars().nth(self.below(of.chars().count()))
    }
}

/// A headline and paragraphs about one county; each document about another one.
fn document(chance: &mut Chance, gazetteer: &Gazetteer, counties: &[&str]) -> Option<String> {
    let county = gazetteer.by_code(counties.get(chance.below(counties.len()))?)?;
    let towns: Vec<&str> = gazetteer
        .below(&county.code)
        .filter(|below| below.level == PlaceLevel::Township)
        .map(|below| below.name.as_str())
        .collect();
    let sentences: Vec<&str> = SENTENCES.lines().collect();
    let mut text = format!("{}传承红色基因 推动乡村振兴\n", county.name);
    for sentence in 0..40 {
        for c in sentences.get(chance.below(sentences.len()))?.chars() {
            match c {
                'P' => text.push_str(&county.name),
                'T' => text.push_str(towns.get(chance.below(towns.len())).unwrap_or(&"城关镇")),
                'N' => {
                    text.push(chance.character(SURNAMES)?);
                    for _ in 0..=chance.below(2) {
                        text.push(chance.character(GIVEN)?);
                    }
                }
                '#' => text.push_str(&(1 + chance.below(5000)).to_string()),
                c => text.push(c),
            }
        }
        if sentence % 4 == 3 {
            text.push('\n');
        }
    }
    Some(text)
}

/// Documents of about two megabytes together.
fn documents() -> Vec<String> {
    let Ok(gazetteer) = Gazetteer::shared() else {
        return Vec::new();
    };
    let counties: Vec<&str> = gazetteer
        .divisions()
        .filter(|division| division.level == PlaceLevel::County)
        .map(|division| division.code.as_str())
        .collect();
    let mut chance = Chance(1);
    (0..500)
        .filter_map(|_| document(&mut chance, gazetteer, &counties))
        .collect()
}

fn bytes(documents: &[String]) -> BytesCount {
    BytesCount::new(documents.iter().map(String::len).sum::<usize>())
}

#[divan::bench(sample_count = 5)]
fn extraction(bencher: Bencher<'_, '_>) {
    let Ok(ingester) = Ingester::new(&[]) else {
        return;
    };
    let documents = documents();
    // The segmenter's dictionary is loaded by the first document.
    divan::black_box(ingester.extract_text("first", "县委召开会议。"));
    bencher.counter(bytes(&documents)).bench(|| {
        for text in &documents {
            divan::black_box(ingester.extract_text("a", text));
        }
    });
}

#[divan::bench(sample_count = 5)]
fn jieba_cut(bencher: Bencher<'_, '_>) {
    let jieba = jieba_rs::Jieba::new();
    let documents = documents();
    bencher.counter(bytes(&documents)).bench(|| {
        for text in &documents {
            divan::black_box(jieba.cut(text, true));
        }
    });
}
