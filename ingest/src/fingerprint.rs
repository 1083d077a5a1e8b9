//! Takes the normalised text and its sentences, returns the fingerprint by which reprints are found.
//!
//! The fingerprint is a MinHash of two sets: the text's three-character shingles, and its numbers.
//! It rests on the normalised text without page furniture, so that a Traditional, a Simplified and a
//! repaired copy on three websites have nearly the same one. Of each set one hash is taken and cut
//! into bins (one-permutation hashing), so that the cost is one multiplication a character; the share
//! of equal bins estimates the share of common members. Numbers have bins of their own because
//! periodical bulletins differ in nothing else.
//!
//! # Source
//! Broder, "On the resemblance and containment of documents" (1997); Li, Owen and Zhang, "One
//! permutation hashing" (NIPS 2012), whose estimator leaves out bins that are empty on both sides.

use std::collections::BTreeSet;

use ontology::record::fingerprint::{EMPTY, NUMBER_BINS, TEXT_BINS};

use crate::structure::Sentence;

/// A text with fewer shingles is too short to tell whose it is.
const FEWEST_SHINGLES: usize = 80;

/// Gives the bins of the text and of its numbers; nothing for a short text.
pub(crate) fn fingerprint(text: &str, sentences: &[Sentence]) -> Vec<u64> {
    let mut words = vec![EMPTY; TEXT_BINS];
    let mut shingles = 0_usize;
    let mut numbers = BTreeSet::new();
    let mut window = ['\0'; 3];
    let mut filled = 0_usize;
    for sentence in sentences {
        let sentence = sentence.span.of(text);
        numbers.extend(self::numbers(sentence));
        for c in sentence.chars().filter(|c| c.is_alphanumeric()) {
            let [_, second, third] = window;
            window = [second, third, c];
            filled += 1;
            if filled >= window.len() {
                shingles += 1;
                put(&mut words, hash(window.into_iter()));
            }
        }
    }
    if shingles < FEWEST_SHINGLES {
        return Vec::new();
    }
    let mut bins = vec![EMPTY; NUMBER_BINS];
    for number in numbers {
        put(&mut bins, hash(number.chars()));
    }
    words.extend(bins);
    words
}

/// Gives the runs of two or more digits, with their decimal points.
fn numbers(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|run| run.trim_matches('.'))
        .filter(|run| run.len() > 1)
}

/// Keeps the smallest hash of each bin: the high half chooses the bin, the low half is kept.
fn put(bins: &mut [u64], hash: u64) {
    let (high, low) = (hash >> 32, hash & 0xFFFF_FFFF);
    let count = u64::try_from(bins.len()).unwrap_or(1);
    // Multiplying spreads the high half evenly over any number of bins.
    let index = usize::try_from((high * count) >> 32).unwrap_or(0);
    if let Some(bin) = bins.get_mut(index) {
        *bin = (*bin).min(low);
    }
}

/// FNV-1a over code points, its bits mixed as in `SplitMix64` (FNV leaves the high ones poor).
fn hash(chars: impl Iterator<Item = char>) -> u64 {
    let mut state = 0xCBF2_9CE4_8422_2325_u64;
    for c in chars {
        state = (state ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01B3);
    }
    state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use ontology::record::fingerprint::similarity;

    use super::*;
    use crate::structure::{Labels, Structure};

    fn of(text: &str) -> Vec<u64> {
        let structure = Structure::read(text, &Labels::load().unwrap());
        fingerprint(text, &structure.sentences)
    }

    const STORY: &str = "清早的渡口还罩着雾，撑船的老人已经把缆绳解开。他说，这条河他走了四十一年，水涨水落都在心里。\
        对岸的小学今年有学生126人，比去年多了18人。校长把新到的图书搬上船，一共35箱，全是城里的志愿者寄来的。\
        午后雾散了，孩子们在堤上排成一排，等着看那些书。老人把船靠稳，又回去接下一趟。";

    #[test]
    fn a_copy_in_other_furniture_is_alike_and_another_text_is_not() {
        let copy = format!("首页\n当前位置：首页 > 新闻\n渡口\n{STORY}\n分享到\n返回顶部");
        assert!(similarity(&of(STORY), &of(&copy)).is_some_and(|share| share > 0.9));
        let other = "会议指出，今年以来全镇上下把防汛放在头一位，各村都成立了巡堤队，夜里两班，白天三班。\
            镇里给每个队配了手电、雨衣和铜锣，仓库里备足沙袋8000条。会议要求，汛期结束以前任何人不得离岗，\
            遇有险情先转移老人和孩子，再抢运粮食，情况要在一个小时以内报到县里，不得迟报漏报。";
        assert!(similarity(&of(STORY), &of(other)).is_some_and(|share| share < 0.2));
    }

    #[test]
    fn a_bulletin_with_other_numbers_is_another() {
        let bulletin = |a: u32| {
            format!(
                "{STORY}本月全镇接待{}人，收入{}万元，走访{}户，修路{}米，栽树{}株，培训{}人。",
                a,
                a + 211,
                a * 3,
                a + 77,
                a * 7,
                a + 503
            )
        };
        let numberless: String = bulletin(431)
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .collect();
        assert!(
            similarity(&of(&bulletin(431)), &of(&bulletin(958))).is_none_or(|share| share < 0.8)
        );
        assert!(similarity(&of(&numberless), &of(&numberless)).is_some_and(|share| share > 0.99));
    }

    /// The story as a mirror of Traditional websites shows it.
    const TRADITIONAL: &str = "清早的渡口還罩著霧,撐船的老人已經把纜繩解開。他說,這條河他走了四十一年,水漲水落都在心裡。\
        對岸的小學今年有學生126人,比去年多了18人。校長把新到的圖書搬上船,一共35箱,全是城裡的志願者寄來的。\
        午後霧散了,孩子們在堤上排成一排,等著看那些書。老人把船靠穩,又回去接下一趟。";

    #[test]
    fn traditional_and_damaged_copies_are_alike() {
        let ingester = crate::Ingester::new(&[]).unwrap();
        let signature = |text: &str| ingester.extract_text("a.txt", text).document.signature;
        let damaged: String = TRADITIONAL
            .chars()
            .flat_map(|c| match c {
                '書' => "書(shū)".chars().collect::<Vec<char>>(),
                '學' => "學(xué)".chars().collect(),
                '趟' => vec![],
                _ => vec![c],
            })
            .collect();
        let quoting = format!(
            "会议开了一天，代表们谈了很多，有人说起一篇旧稿。{}散会以后，大家又去看了新修的水闸，\
            水闸旁边立着一块石头，上面刻着修闸人的名字，风吹雨打，字还清楚。",
            STORY.get(..150).unwrap()
        );
        let original = signature(STORY);
        for copy in [TRADITIONAL, damaged.as_str()] {
            let share = similarity(&original, &signature(copy));
            assert!(share.is_some_and(|share| share >= 0.8), "{share:?}: {copy}");
        }
        let share = similarity(&original, &signature(&quoting));
        assert!(share.is_none_or(|share| share < 0.5), "{share:?}");
    }

    #[test]
    fn short_texts_have_none() {
        assert!(of("清早的渡口还罩着雾。").is_empty());
    }
}
