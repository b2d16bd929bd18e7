//! Rules about quotes.

use entity::vocabulary::{Confidence, Stance};
use serde::Deserialize;

use crate::domain::date::PartialDate;
use crate::domain::evidence::statement::Comparison;
use crate::domain::lint::numbers::{Number, contains_date, numbers};
use crate::domain::lint::related::Related;
use crate::domain::lint::subject::{Cited, Subject};
use crate::domain::lint::{Rule, Severity};
use crate::domain::validation::ValidationErrors;
use crate::error::Problem;

pub const RULES: &[Rule] = &[
    Rule { name: "long-quote", severity: Severity::Error, check: long_quote },
    Rule { name: "quote-without-value", severity: Severity::Error, check: quote_without_value },
];

/// Quotes with more words or characters than a quote may have.
fn long_quote(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    let of_evidence = subject.evidence.iter().map(|cited| (cited.path.clone(), cited.evidence.quote.as_ref()));
    let terms = subject.license().into_iter().flat_map(|license| &license.terms).enumerate();
    let of_terms = terms.map(|(index, term)| (format!("terms.{index}"), term.quote.as_ref()));
    let mut errors = ValidationErrors::default();
    for (path, quote) in of_evidence.chain(of_terms) {
        if let Some(quote) = quote {
            errors.check_quote(&format!("{path}.quote"), quote);
        }
    }
    problems.extend(Vec::from(errors));
}

/// Quotes in which an amount or a date that the evidence states does not occur.
fn quote_without_value(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    for Cited { part, path, evidence } in &subject.evidence {
        // Estimates and conclusions are in no words of a source.
        let is_worked_out = matches!(evidence.confidence, Confidence::Estimated | Confidence::Inferred);
        let Some(quote) = evidence.quote.as_ref().filter(|_| evidence.stance == Stance::Stated && !is_worked_out)
        else {
            continue;
        };
        for (name, value) in &evidence.values {
            let fact = subject.facts.iter().find(|fact| fact.name == name && fact.part == *part);
            let contains = match fact.map(|fact| fact.comparison) {
                Some(Comparison::Amount) => {
                    Number::of_value(value).is_none_or(|wanted| numbers(quote).iter().any(|number| number.is(&wanted)))
                }
                Some(Comparison::Date) => PartialDate::deserialize(value).is_ok_and(|date| contains_date(quote, &date)),
                Some(Comparison::Exact) | None => true,
            };
            if !contains {
                let message = format!("does not contain the {name} that it is about, {value}");
                problems.push(Problem { field: format!("{path}.quote"), message });
            }
        }
    }
}
