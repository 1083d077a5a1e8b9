//! Takes a wording with its unit, returns the indicator that it means, with the score and the reason.
//!
//! First come the listed wordings: a text that contains one means its indicator, the longest one wins.
//! A wording that nobody listed is compared with the listed ones by its head noun, its modifiers and
//! the kind of its unit; `lexicon/indicator/scheme.toml` holds the weights, the threshold below which
//! an indicator stays its own, and the margin that the best must have over the second.

use serde::{Deserialize, Serialize};

use super::{Indicator, Scheme};

/// What the parts of a likeness weigh, between 0 and 1; the first three make 1 together.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    /// The text ends with the head of a listed wording.
    head: f64,
    /// The rest of that wording is found before it, in order. One character is added to the rest, so
    /// that of two wordings found whole the longer one wins, and one character alone weighs little.
    modifiers: f64,
    /// The unit is one of the indicator's.
    unit: f64,
    /// Least score of an alignment.
    threshold: f64,
    /// Least lead over the best of the other indicators.
    margin: f64,
    /// Code points of a head noun.
    head_length: usize,
    /// Verbs that say that something was done, not what; they count what was counted before.
    elliptical: Vec<String>,
}

/// Why a wording means an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// It contains a listed wording.
    Wording,
    /// Its head noun, modifiers and unit are like those of a listed wording.
    Likeness,
}

/// An indicator found for a wording.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment<'s> {
    /// The indicator.
    pub indicator: &'s Indicator,
    /// The listed wording that decided.
    pub wording: &'s str,
    /// 1 where the text contains the wording, else how like it is.
    pub score: f64,
    /// Why.
    pub reason: Reason,
}

impl Indicator {
    /// Tells whether a text with this unit may mean the indicator, wordings aside.
    /// A text without any unit may mean every indicator.
    fn allows(&self, text: &str, context: &str, unit: &str, growth: bool) -> bool {
        let said = |word: &String| text.contains(word) || context.contains(word);
        self.growth == growth
            && (self.units.is_empty() || unit.is_empty() || self.units.iter().any(|u| u == unit))
            && self.all.iter().all(said)
            && (self.any.is_empty() || self.any.iter().any(said))
            && !self.none.iter().any(|word| text.contains(word))
    }

    /// Gives the longest wording found in `text`, its length, and whether the text ends with it.
    /// A wording of one character (村) counts only where it is the head of the phrase, at the end:
    /// elsewhere it is part of another word.
    fn wording(&self, text: &str) -> Option<(usize, bool, &str)> {
        let found = self.synonyms.iter().filter(|s| text.contains(s.as_str()));
        found
            .map(|s| (s.chars().count(), text.ends_with(s.as_str()), s.as_str()))
            .filter(|(length, ends, _)| *length > 1 || *ends)
            .max_by_key(|(length, ends, _)| (*length, *ends))
    }
}

impl Scheme {
    /// Finds the indicator that `text`, counted in `unit`, means.
    ///
    /// See [`Scheme::explain`], which also says why.
    ///
    /// # Examples
    /// ```
    /// use ontology::indicator::Scheme;
    /// let scheme = Scheme::shared()?;
    /// assert_eq!(scheme.align("革命遗址", "处", false).map(|i| i.key.as_str()), Some("red_sites"));
    /// assert_eq!(scheme.align("革命遗址", "公里", false), None);
    /// # Ok::<(), ontology::indicator::IndicatorError>(())
    /// ```
    #[must_use]
    pub fn align(&self, text: &str, unit: &str, growth: bool) -> Option<&Indicator> {
        self.explain(text, "", unit, growth)
            .map(|alignment| alignment.indicator)
    }

    /// Finds the indicator that `text`, counted in `unit`, means, and says why.
    ///
    /// `text` is the wording in Simplified characters; `context` is what else the clause says, in
    /// which words that an indicator requires (办结) may stand; `unit` is the measure word without 万
    /// or 亿 and may be empty; `growth` tells whether the value is a rate of change. Among the
    /// indicators that unit, conditions and `growth` allow, the one with the longest wording wins,
    /// then one with a condition (`any`) that is met, then one whose wording ends the text, then the
    /// first in the file. Where no wording is contained, the most like one is taken if it is like
    /// enough. None where nothing fits.
    #[must_use]
    pub fn explain(
        &self,
        text: &str,
        context: &str,
        unit: &str,
        growth: bool,
    ) -> Option<Alignment<'_>> {
        let allowed = |i: &&Indicator| i.allows(text, context, unit, growth);
        let mut best: Option<((usize, bool, bool), &Indicator, &str)> = None;
        for indicator in self.iter().filter(allowed) {
            let Some((length, ends, wording)) = indicator.wording(text) else {
                continue;
            };
            let rank = (length, !indicator.any.is_empty(), ends);
            if best.is_none_or(|(other, ..)| rank > other) {
                best = Some((rank, indicator, wording));
            }
        }
        let contained = best.map(|(_, indicator, wording)| Alignment {
            indicator,
            wording,
            score: 1.0,
            reason: Reason::Wording,
        });
        contained.or_else(|| self.most_like(text, unit, self.iter().filter(allowed)))
    }

    /// Tells whether a text says only that something was done (办结), so that it counts what stood before.
    #[must_use]
    pub fn is_elliptical(&self, text: &str) -> bool {
        self.weights.elliptical.iter().any(|verb| verb == text)
    }

    /// Finds the indicator with the wording most like `text`, where it is like enough and no other
    /// indicator comes near.
    fn most_like<'s>(
        &'s self,
        text: &str,
        unit: &str,
        allowed: impl Iterator<Item = &'s Indicator>,
    ) -> Option<Alignment<'s>> {
        let weights = &self.weights;
        let chars: Vec<char> = text.chars().collect();
        let mut best: Option<Alignment<'s>> = None;
        let mut second = 0.0_f64;
        for indicator in allowed {
            let own = indicator.units.iter().any(|u| u == unit);
            let unit_score = if own { weights.unit } else { 0.0 };
            let likeness =
                |wording: &'s String| Some((weights.likeness(&chars, wording)?, wording));
            let likest = indicator.synonyms.iter().filter_map(likeness);
            let Some((score, wording)) = likest.max_by(|a, b| a.0.total_cmp(&b.0)) else {
                continue;
            };
            let score = score + unit_score;
            let lead = best.as_ref().map_or(0.0, |best| best.score);
            if score <= lead {
                second = second.max(score);
                continue;
            }
            second = lead;
            best = Some(Alignment {
                indicator,
                wording,
                score,
                reason: Reason::Likeness,
            });
        }
        best.filter(|best| best.score >= weights.threshold && best.score - second >= weights.margin)
    }
}

impl Weights {
    /// Gives how like a text is to a wording, its unit aside; none where it does not end with the
    /// wording's head noun.
    fn likeness(&self, text: &[char], wording: &str) -> Option<f64> {
        let wording: Vec<char> = wording.chars().collect();
        let (modifiers, head) =
            wording.split_at_checked(wording.len().checked_sub(self.head_length)?)?;
        let before = text.strip_suffix(head)?;
        if modifiers.is_empty() {
            return None;
        }
        let found = in_order(before, modifiers);
        let share = f64::from(u32::try_from(found).ok()?)
            / f64::from(u32::try_from(modifiers.len() + 1).ok()?);
        Some(self.head + self.modifiers * share)
    }
}

/// Counts the characters of `wanted` that stand in `text` in the same order, as many as possible.
fn in_order(text: &[char], wanted: &[char]) -> usize {
    let mut row = vec![0_usize; wanted.len() + 1];
    for c in text {
        let mut diagonal = 0;
        let mut left = 0;
        for (cell, w) in row.iter_mut().skip(1).zip(wanted) {
            let above = *cell;
            *cell = if c == w {
                diagonal + 1
            } else {
                above.max(left)
            };
            (diagonal, left) = (above, *cell);
        }
    }
    row.last().copied().unwrap_or_default()
}
