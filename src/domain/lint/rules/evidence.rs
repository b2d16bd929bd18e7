//! Rules about facts and what sources state about them.

use entity::vocabulary::Stance;

use crate::domain::evidence::statement::Statement;
use crate::domain::lint::related::Related;
use crate::domain::lint::subject::Subject;
use crate::domain::lint::{Rule, Severity};
use crate::error::Problem;

pub const RULES: &[Rule] = &[
    Rule { name: "contradicted", severity: Severity::Error, check: contradicted },
    Rule { name: "conflicting", severity: Severity::Warning, check: conflicting },
    Rule { name: "unsourced", severity: Severity::Warning, check: unsourced },
];

/// A value that differs from that of the evidence that holds.
fn contradicted(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    for fact in &subject.facts {
        let Some(holding) = fact.holding() else { continue };
        if fact.agrees(holding.statement) {
            continue;
        }
        let value = fact.value.as_ref().map_or_else(|| "unknown".to_owned(), ToString::to_string);
        let message = format!("is {value}, but the evidence that holds says {}", words(holding.statement));
        problems.push(Problem { field: fact.path(), message });
    }
}

/// Evidence that contradicts the evidence that holds, with the same rank.
fn conflicting(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    for fact in &subject.facts {
        let Some(holding) = fact.holding().filter(|holding| !holding.conflicts.is_empty()) else { continue };
        let others = holding.conflicts.iter().map(|statement| words(statement)).collect::<Vec<_>>().join(", ");
        let message = format!("has conflicting evidence: {} against {others}", words(holding.statement));
        problems.push(Problem { field: fact.path(), message });
    }
}

/// A value that no source states.
fn unsourced(subject: &Subject<'_>, _: &Related, problems: &mut Vec<Problem>) {
    for fact in subject.facts.iter().filter(|fact| fact.is_unsourced()) {
        problems.push(Problem { field: fact.path(), message: "has no evidence".to_owned() });
    }
}

/// Returns what a statement says, with its source.
fn words(statement: &Statement) -> String {
    let value = match statement.stance {
        Stance::Stated => statement.value.to_string(),
        Stance::None => "none".to_owned(),
        Stance::Undisclosed => "undisclosed".to_owned(),
    };
    format!("{value} ({})", statement.source.as_str())
}
