//! Rules about amounts.

use std::collections::BTreeSet;

use entity::vocabulary::{Confidence, EvidenceRank, LineageRelation};

use crate::domain::checkpoint::part_address;
use crate::domain::document::SubjectDocument as _;
use crate::domain::evidence::fact_state::{FactState, part_path};
use crate::domain::evidence::statement::{Comparison, Statement};
use crate::domain::lint::numbers::{Number, numbers};
use crate::domain::lint::related::Related;
use crate::domain::lint::subject::Subject;
use crate::domain::lint::{Rule, Severity};
use crate::error::Problem;

pub const RULES: &[Rule] = &[
    Rule { name: "factor-1000", severity: Severity::Error, check: factor_1000 },
    Rule { name: "active-above-total", severity: Severity::Error, check: active_above_total },
    Rule { name: "counts-apart", severity: Severity::Warning, check: counts_apart },
];

/// The largest difference of the counted parameters of checkpoints of one size, as a share of the smaller one.
const MAX_DIFFERENCE: f64 = 0.01;

/// Two statements about an amount, or the label of a size and its parameters, that differ by a factor of a thousand: B for M.
fn factor_1000(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    for fact in subject.facts.iter().filter(|fact| fact.comparison == Comparison::Amount) {
        let mut stated =
            fact.value.iter().map(|value| (value.to_string(), "the value".to_owned(), value)).collect::<Vec<_>>();
        stated.extend(current(fact).map(|statement| {
            (statement.value.to_string(), format!("the source {:?}", statement.source.as_str()), &statement.value)
        }));
        let amounts =
            stated.iter().filter_map(|(text, place, value)| Some((text, place, Number::of_value(value)?.value)));
        let mut amounts =
            amounts.map(|(text, place, amount)| (text.clone(), place.clone(), amount)).collect::<Vec<_>>();
        // Numbers in the address of a checkpoint may be others, such as a length of context.
        if fact.name == "parameters" && !fact.part.is_empty() && part_address(&fact.part).is_none() {
            let label = numbers(&fact.part).into_iter().find(|number| number.value >= 1000.0);
            amounts.extend(label.map(|number| (fact.part.clone(), "the label".to_owned(), number.value)));
        }
        let pairs =
            amounts.iter().enumerate().flat_map(|(index, one)| amounts[..index].iter().map(move |other| (one, other)));
        let slips = pairs.filter(|((.., one), (.., other))| is_slip(*one, *other));
        let messages = slips.map(|((one, of_one, _), (other, of_other, _))| {
            format!("is off by a factor of a thousand: {other} ({of_other}) and {one} ({of_one})")
        });
        for message in messages.collect::<BTreeSet<_>>().into_iter().take(1) {
            problems.push(Problem { field: fact.path(), message });
        }
    }
}

/// Returns whether two amounts differ by a factor of about a thousand, or a million.
fn is_slip(one: f64, other: f64) -> bool {
    let ratio = one.max(other) / one.min(other);
    [1e3, 1e6].into_iter().any(|factor| (0.8..1.25).contains(&(ratio / factor)))
}

/// More parameters per token than there are in all, in the values or in the evidence that holds.
fn active_above_total(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    let find = |part: &str, name: &str| subject.facts.iter().find(|fact| fact.part == part && fact.name == name);
    for active in subject.facts.iter().filter(|fact| fact.name == "activeParameters") {
        let Some(total) = find(&active.part, "parameters") else { continue };
        let of_value = |fact: &FactState| fact.value.as_ref().and_then(Number::of_value);
        let of_evidence =
            |fact: &FactState| fact.holding().and_then(|holding| Number::of_value(&holding.statement.value));
        for (amount, place) in
            [(of_value as fn(&FactState) -> _, "by the values"), (of_evidence, "by the evidence that holds")]
        {
            let above = amount(active).zip(amount(total)).filter(|(active, total)| active.value > total.value);
            if let Some((active_number, total)) = above {
                let message =
                    format!("is above the number of parameters, {place}: {} of {}", active_number.value, total.value);
                problems.push(Problem { field: active.path(), message });
                break;
            }
        }
    }
}

/// Counted parameters of one size that are more than 1 % apart: of several statements about it, such as those about the
/// checkpoints before and after fine-tuning, or of the same size of the model that it was fine-tuned from.
fn counts_apart(subject: &Subject<'_>, related: &Related, problems: &mut Vec<Problem>) {
    let Some(model) = subject.model() else { return };
    for size in &model.sizes {
        let fact = subject.facts.iter().find(|fact| fact.part == size.label && fact.name == "parameters");
        let counted = fact.into_iter().flat_map(current).filter(|statement| statement.confidence == Confidence::Exact);
        let mut counts = counted
            .filter_map(|statement| {
                Some((statement.source.as_str().to_owned(), Number::of_value(&statement.value)?.value))
            })
            .collect::<Vec<_>>();
        let bases = model.bases();
        let bases = bases.iter().filter(|base| base.relation == Some(LineageRelation::FineTuned));
        for base in bases.filter(|base| base.is_of(&size.label)) {
            let label = base.size_for(&size.label);
            let sizes = related.model.get(&base.model).into_iter().flat_map(|model| &model.sizes);
            for evidence in sizes.filter(|size| size.label == label).flat_map(|size| &size.evidence) {
                let is_counted = evidence.confidence == Confidence::Exact && evidence.rank != EvidenceRank::Deprecated;
                let count = evidence.values.get("parameters").filter(|_| is_counted).and_then(Number::of_value);
                counts.extend(count.map(|count| (evidence.source.as_str().to_owned(), count.value)));
            }
        }
        counts.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        if let [(small_source, small), .., (large_source, large)] = &counts[..]
            && *large > *small * (1.0 + MAX_DIFFERENCE)
        {
            let message = format!(
                "has counts that are more than 1 % apart: {small} ({small_source}) and {large} ({large_source})"
            );
            problems.push(Problem { field: format!("{}parameters", part_path(&size.label)), message });
        }
    }
}

/// Returns the statements about a fact that have not been deprecated.
fn current(fact: &FactState) -> impl Iterator<Item = &Statement> {
    fact.statements.iter().filter(|statement| statement.rank != EvidenceRank::Deprecated)
}
