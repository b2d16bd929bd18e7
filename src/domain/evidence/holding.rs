//! The value that holds among the statements about one fact.

use std::cmp::{Ordering, Reverse};

use entity::vocabulary::{EvidenceRank, Qualifier};

use crate::domain::evidence::claim::Claim;
use crate::domain::evidence::statement::{Comparison, Statement};

/// The statement that holds, and those that contradict it.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding<'a> {
    /// The statement whose value holds.
    pub statement: &'a Statement,
    /// The statements of the same rank that its value agrees with, itself too, in order of preference.
    pub supporters: Vec<&'a Statement>,
    /// The statements of the same rank that do not agree with it and are about the same number, in order of preference.
    pub conflicts: Vec<&'a Statement>,
}

/// Returns the statement that holds. None if there is no statement that is not DEPRECATED.
///
/// 1. If there are PREFERRED statements, only these compete, otherwise the NORMAL ones.
/// 2. A statement *refines* another one if its value rounds to that of the other at the precision the other is written with,
///    or begins with at least three digits of the other, and is written more precisely: 596,049,920 refines 0.6B, 7,615,616,512
///    refines 7.61B and 7.62B, a day refines its month, every value refines "undisclosed".
///    A statement that another one refines does not hold.
/// 3. Each of the others has as *supporters* all statements that its value agrees with: itself, those with the same value, and
///    those that it refines. The one with the best supporters holds: the best supporters of two are compared, then the second
///    best, and so on; if one has more, it is better. Supporters are compared by tier, then date (newer is better), then source.
///
/// The result does not depend on the order of the statements, although agreement is not transitive (6.49 rounds to 6.5, which
/// rounds to 7, but 6.49 does not): the precision increases with each refinement, so refinements make no cycle and step 2
/// leaves at least one statement. The statements that it leaves and their supporters depend on pairs of statements only, so on
/// their set. Step 3 takes the first in a linear order: single supporters have one, in which only equal statements are equal,
/// so lists of them have one too. Another statement that the holding one refines changes nothing: it does not hold itself, and
/// it joins the supporters of the holding one whenever it joins those of another one.
pub fn holding(comparison: Comparison, statements: &[Statement]) -> Option<Holding<'_>> {
    let statements = statements.iter().filter(|statement| statement.competes);
    let rank = if statements.clone().any(|statement| statement.rank == EvidenceRank::Preferred) {
        EvidenceRank::Preferred
    } else {
        EvidenceRank::Normal
    };
    let competing = statements.filter(|statement| statement.rank == rank);
    let mut competing = competing.map(|statement| (statement, Claim::of(comparison, statement))).collect::<Vec<_>>();
    competing.sort_by(|(one, _), (other, _)| preference(one, other));
    let unrefined = competing.iter().filter(|(_, claim)| !competing.iter().any(|(_, other)| other.refines(claim)));
    // `competing` is sorted, so the indexes of supporters compare as the supporters do; a longer list is better.
    let supporters = |claim: &Claim| {
        let supporters = competing.iter().enumerate().filter(|(_, (_, other))| other.allows(claim));
        supporters.map(|(index, _)| index).chain([usize::MAX]).collect::<Vec<_>>()
    };
    let candidates = unrefined.map(|(statement, claim)| (supporters(claim), statement, claim));
    let (_, statement, claim) = candidates.min_by(|(one, ..), (other, ..)| one.cmp(other))?;
    let (supporters, others) = competing.iter().partition::<Vec<_>, _>(|(_, other)| other.allows(claim));
    let supporters = supporters.into_iter().map(|(supporter, _)| *supporter).collect();
    let conflicts = others.into_iter().map(|(other, _)| *other).filter(|other| !other.counts_other_than(statement));
    Some(Holding { statement, supporters, conflicts: conflicts.collect() })
}

/// Orders statements by preference, the best first: by tier, then by date, then by source. The remaining fields only make the
/// order total.
fn preference(one: &Statement, other: &Statement) -> Ordering {
    let key = |statement: &Statement| (statement.tier, Reverse(statement.date));
    let text = |statement: &Statement| {
        let Statement { stance, confidence, qualifier, value, .. } = statement;
        (stance.word(), confidence.word(), qualifier.map(Qualifier::word), value.to_string())
    };
    key(one).cmp(&key(other)).then_with(|| one.source.cmp(&other.source)).then_with(|| text(one).cmp(&text(other)))
}
