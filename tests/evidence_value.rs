//! Which value holds among statements that differ: the rules one by one, and properties of random statements.

use std::fmt::Debug;

use chrono::NaiveDate;
use entity::vocabulary::{Confidence, EvidenceRank, Qualifier, SourceKind, Stance};
use libtest_mimic::Trial;
use open_llm_catalog::domain::evidence::holding::{Holding, holding};
use open_llm_catalog::domain::evidence::statement::{Comparison, Statement};
use open_llm_catalog::domain::evidence::tier::Tier;
use proptest::{collection::vec, option::of, prelude::*, sample::select};
use serde_json::{Value as Json, json};

use crate::{support::runner, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        a_finer_value_holds_if_it_rounds_to_the_other,
        a_value_that_does_not_round_to_the_other_contradicts_it,
        k_is_a_thousand_or_1024,
        a_whole_number_is_written_with_a_suffix_unless_it_is_exact,
        a_day_agrees_with_its_month_and_year,
        bounds_agree_with_the_values_on_their_side,
        texts_and_lists_are_equal_or_different,
        a_source_that_discloses_nothing_contradicts_nothing,
        a_preferred_statement_settles_a_conflict,
        a_deprecated_statement_never_holds,
        of_contradicting_values_the_one_with_the_better_support_holds,
        the_tier_then_the_date_then_the_source_decides,
        the_tier_follows_from_the_source,
        agreement_need_not_be_transitive,
        the_order_of_the_statements_does_not_matter,
        an_amount_of_three_digits_may_be_cut_off,
        a_cut_amount_is_less_than_one_percent_away,
        a_finer_value_holds_whatever_the_tiers,
        an_agreeing_coarser_statement_changes_nothing,
        deprecated_statements_change_nothing,
        of_two_contradicting_statements_the_better_tier_holds,
        the_preference_of_pairs_without_refinement_is_transitive,
    ]
}

fn stated(value: impl Into<Json>, tier: Tier) -> Statement {
    Statement {
        value: value.into(),
        stance: Stance::Stated,
        source: "a-source".parse().expect("a slug"),
        date: None,
        confidence: Confidence::Cited,
        qualifier: None,
        rank: EvidenceRank::Normal,
        tier,
        basis: None,
        competes: true,
    }
}

fn without(stance: Stance, tier: Tier) -> Statement {
    Statement { stance, ..stated(Json::Null, tier) }
}

fn qualified(value: impl Into<Json>, qualifier: Qualifier) -> Statement {
    Statement { qualifier: Some(qualifier), ..stated(value, Tier::Curator) }
}

/// The value that holds, and those that contradict it.
fn outcome(comparison: Comparison, statements: &[Statement]) -> (Json, Vec<Json>) {
    let Holding { statement, conflicts, .. } = holding(comparison, statements).expect("a statement holds");
    (statement.value.clone(), conflicts.into_iter().map(|statement| statement.value.clone()).collect())
}

/// Asserts that the finer value holds against the coarser one whatever their tiers, without a conflict.
#[track_caller]
fn refines(comparison: Comparison, finer: &Json, coarser: &Json) {
    for (tier, other) in [(Tier::MakerFile, Tier::Inference), (Tier::Inference, Tier::MakerFile)] {
        let statements = [stated(finer.clone(), tier), stated(coarser.clone(), other)];
        assert_eq!(outcome(comparison, &statements), (finer.clone(), vec![]), "{finer} against {coarser}");
    }
}

/// Asserts that the better tier decides between two values, and the other one is a conflict.
#[track_caller]
fn contradicts(comparison: Comparison, one: &Json, other: &Json) {
    for (best, worst) in [(one, other), (other, one)] {
        let statements = [stated(worst.clone(), Tier::Curator), stated(best.clone(), Tier::MakerText)];
        assert_eq!(outcome(comparison, &statements), (best.clone(), vec![worst.clone()]), "{best} against {worst}");
    }
}

fn a_finer_value_holds_if_it_rounds_to_the_other() {
    for (finer, coarser) in [
        (json!(596_049_920), json!("0.6B")),
        (json!("0.60B"), json!("0.6B")),
        (json!("1.54B"), json!("1.5B")),
        (json!(6_738_415_616_i64), json!("7B")),
        (json!(6_738_415_616_i64), json!(7_000_000_000_i64)),
        (json!("6.7B"), json!(7_000_000_000_i64)),
        (json!(6.67e22), json!(7e22)),
        (json!("2.5B"), json!("3B")),
        (json!("2.5B"), json!("2B")),
    ] {
        refines(Comparison::Amount, &finer, &coarser);
    }
}

fn a_value_that_does_not_round_to_the_other_contradicts_it() {
    for (one, other) in [
        (json!(751_632_384), json!("0.6B")),
        (json!("0.5B"), json!("0.6B")),
        (json!("0.61B"), json!("0.60B")),
        (json!("6.6B"), json!("6.7B")),
        (json!(40), json!(42)),
        (json!("2T"), json!("2B")),
        (json!(0), json!(1)),
        (json!(1e50), json!(1)),
        (json!("7B"), json!("seven billion")),
    ] {
        contradicts(Comparison::Amount, &one, &other);
    }
}

fn an_amount_of_three_digits_may_be_cut_off() {
    for (finer, coarser) in [
        (json!(7_615_616_512_i64), json!("7.61B")),
        (json!(7_615_616_512_i64), json!("7.62B")),
        (json!(14_770_033_664_i64), json!("14.7B")),
        (json!(309_785_318_400_i64), json!("309B")),
        (json!("15.69T"), json!("15.6T")),
    ] {
        refines(Comparison::Amount, &finer, &coarser);
    }
    for (one, other) in [
        // Fewer digits hide too much.
        (json!(7_721_324_544_i64), json!("7B")),
        (json!(751_632_384), json!("0.7B")),
        (json!("15.6T"), json!("15T")),
        // Another number, rounded up too far, and below the digits.
        (json!(7_620_000_001_i64), json!("7.61B")),
        (json!(7_615_616_512_i64), json!("7.60B")),
        (json!(7_604_999_999_i64), json!("7.61B")),
        (json!(684_531_386_000_i64), json!("671B")),
        (json!("7.61B"), json!("7.62B")),
    ] {
        contradicts(Comparison::Amount, &one, &other);
    }
}

fn a_cut_amount_is_less_than_one_percent_away() {
    let case = (100_000_000..999_999_999_i64, 100_000_000..999_999_999_i64, 0..9_u32, prop::bool::ANY);
    let property = |(number, other, kept, is_cut): (i64, i64, u32, bool)| {
        // The first digits of the number or of another one.
        let unit = 10_i64.pow(9 - kept.max(1));
        let coarse = if is_cut { number / unit } else { other / unit };
        let text = format!("{coarse}e{}", 9 - kept.max(1));
        let exact = Statement { confidence: Confidence::Exact, ..stated(number, Tier::Inference) };
        let (_, conflicts) = outcome(Comparison::Amount, &[exact, stated(text, Tier::MakerText)]);
        let difference = number - coarse * unit;
        let agrees = 2 * difference.abs() <= unit || coarse >= 100 && (0..unit).contains(&difference);
        prop_assert_eq!(conflicts.is_empty(), agrees);
        prop_assert!(!is_cut || coarse < 100 || agrees);
        prop_assert!(!agrees || coarse < 100 || difference.abs() * 100 < number);
        Ok(())
    };
    runner().run(&case, property).expect("the property holds");
}

fn k_is_a_thousand_or_1024() {
    for finer in [131_072, 128_256, 127_999, 131_001] {
        refines(Comparison::Amount, &json!(finer), &json!("128K"));
    }
    refines(Comparison::Amount, &json!(4096), &json!("4k"));
    contradicts(Comparison::Amount, &json!(130_001), &json!("128K"));
    contradicts(Comparison::Amount, &json!(131_072), &json!(128_000));
    let same = [stated("128K", Tier::Curator), stated(128_000, Tier::MakerText)];
    assert_eq!(outcome(Comparison::Amount, &same), (json!(128_000), vec![]));
    let same = [stated("128K", Tier::Curator), stated("131K", Tier::MakerText)];
    assert_eq!(outcome(Comparison::Amount, &same), (json!("131K"), vec![]));
}

fn a_whole_number_is_written_with_a_suffix_unless_it_is_exact() {
    let vocabulary = |confidence| {
        let listed = Statement { confidence, ..stated(32_000, Tier::MakerFile) };
        outcome(Comparison::Amount, &[listed, stated(32_016, Tier::Curator)])
    };
    assert_eq!(vocabulary(Confidence::Cited), (json!(32_016), vec![]));
    assert_eq!(vocabulary(Confidence::Exact), (json!(32_000), vec![json!(32_016)]));
}

fn a_day_agrees_with_its_month_and_year() {
    for (finer, coarser) in
        [("2023-07-18", "2023-07"), ("2023-07-18", "2023"), ("2023-07", "2023"), ("2024-02-29", "2024-02")]
    {
        refines(Comparison::Date, &json!(finer), &json!(coarser));
    }
    for (one, other) in [("2023-08-01", "2023-07"), ("2023-07-18", "2023-07-19"), ("2024", "2023-12"), ("2023", "soon")]
    {
        contradicts(Comparison::Date, &json!(one), &json!(other));
    }
}

fn bounds_agree_with_the_values_on_their_side() {
    let at_least = qualified("15T", Qualifier::AtLeast);
    for (value, conflicts) in [("15T", 0), ("15.6T", 0), ("36T", 0), ("14.5T", 0), ("14.4T", 1), ("2T", 1)] {
        let statements = [at_least.clone(), stated(value, Tier::MakerText)];
        let (holds, contradicting) = outcome(Comparison::Amount, &statements);
        assert_eq!((holds, contradicting.len()), (json!(value), conflicts));
    }
    let stronger = [qualified("20T", Qualifier::AtLeast), Statement { tier: Tier::MakerFile, ..at_least.clone() }];
    assert_eq!(outcome(Comparison::Amount, &stronger), (json!("20T"), vec![]));
    let both = [qualified("20T", Qualifier::AtMost), Statement { tier: Tier::MakerFile, ..at_least }];
    assert_eq!(outcome(Comparison::Amount, &both), (json!("15T"), vec![]));
    let until = [qualified("2023-07", Qualifier::AtMost), stated("2023-06-30", Tier::Inference)];
    assert_eq!(outcome(Comparison::Date, &until), (json!("2023-06-30"), vec![]));
}

fn texts_and_lists_are_equal_or_different() {
    contradicts(Comparison::Exact, &json!("ALLOWED"), &json!("PROHIBITED"));
    contradicts(Comparison::Exact, &json!(true), &json!(false));
    contradicts(Comparison::Exact, &json!(["en"]), &json!(["en", "zh"]));
    let reordered = [stated(json!(["en", "zh"]), Tier::Curator), stated(json!(["zh", "en"]), Tier::MakerText)];
    assert_eq!(outcome(Comparison::Exact, &reordered), (json!(["zh", "en"]), vec![]));
}

fn a_source_that_discloses_nothing_contradicts_nothing() {
    let value = stated("2T", Tier::Inference);
    let undisclosed = without(Stance::Undisclosed, Tier::MakerText);
    let none = without(Stance::None, Tier::MakerText);
    assert_eq!(outcome(Comparison::Amount, &[undisclosed.clone(), value.clone()]), (json!("2T"), vec![]));
    let statements = [undisclosed.clone(), none.clone()];
    let denied = holding(Comparison::Amount, &statements).expect("a statement holds");
    assert_eq!((denied.statement, denied.conflicts.len()), (&none, 0));
    assert_eq!(outcome(Comparison::Amount, &[value, none]), (Json::Null, vec![json!("2T")]));
    let alone = holding(Comparison::Amount, std::slice::from_ref(&undisclosed)).expect("a statement holds");
    assert_eq!(alone.statement, &undisclosed);
}

fn a_preferred_statement_settles_a_conflict() {
    let maker = stated("2T", Tier::MakerFile);
    let settled = Statement { rank: EvidenceRank::Preferred, ..stated("3T", Tier::Aggregator) };
    assert_eq!(outcome(Comparison::Amount, &[maker.clone(), settled.clone()]), (json!("3T"), vec![]));
    let unsettled = Statement { rank: EvidenceRank::Preferred, ..stated("4T", Tier::Inference) };
    assert_eq!(outcome(Comparison::Amount, &[maker, unsettled, settled]), (json!("3T"), vec![json!("4T")]));
}

fn a_deprecated_statement_never_holds() {
    let deprecated = Statement { rank: EvidenceRank::Deprecated, ..stated("2T", Tier::MakerFile) };
    assert_eq!(holding(Comparison::Amount, std::slice::from_ref(&deprecated)), None);
    assert_eq!(holding(Comparison::Amount, &[]), None);
    assert_eq!(outcome(Comparison::Amount, &[deprecated, stated("3T", Tier::Inference)]), (json!("3T"), vec![]));
}

fn of_contradicting_values_the_one_with_the_better_support_holds() {
    let counted = stated(596_049_920, Tier::Aggregator);
    let other = stated(751_632_384, Tier::CuratorWithQuote);
    let label = stated("0.6B", Tier::MakerText);
    let (first, second) = (counted.value.clone(), other.value.clone());
    assert_eq!(outcome(Comparison::Amount, &[counted.clone(), other.clone()]), (second.clone(), vec![first.clone()]));
    assert_eq!(outcome(Comparison::Amount, &[counted, other, label]), (first, vec![second]));
}

fn the_tier_then_the_date_then_the_source_decides() {
    let at = |value: i64, tier, date: Option<&str>, source: &str| Statement {
        date: date.map(|date| date.parse().expect("a day")),
        source: source.parse().expect("a slug"),
        ..stated(value, tier)
    };
    let ranking = [
        at(1, Tier::MakerFile, None, "z"),
        at(2, Tier::MakerText, Some("2024-05-01"), "z"),
        at(3, Tier::MakerText, Some("2023-05-01"), "a"),
        at(4, Tier::MakerText, Some("2023-05-01"), "b"),
        at(5, Tier::MakerText, None, "a"),
        at(6, Tier::CuratorWithQuote, Some("2025-05-01"), "a"),
        at(7, Tier::Curator, Some("2025-05-01"), "a"),
        at(8, Tier::Aggregator, Some("2025-05-01"), "a"),
        at(9, Tier::Inference, Some("2025-05-01"), "a"),
    ];
    for (index, best) in ranking.iter().enumerate() {
        let mut rest = ranking[index..].to_vec();
        rest.reverse();
        let found = holding(Comparison::Amount, &rest).expect("a statement holds");
        assert_eq!(found.statement, best);
        assert_eq!(found.conflicts, ranking[index + 1..].iter().collect::<Vec<_>>());
    }
}

fn the_tier_follows_from_the_source() {
    for (kind, by_maker, locator, quote, confidence, tier) in [
        (SourceKind::Config, true, true, false, Confidence::Reported, Tier::MakerFile),
        (SourceKind::Repository, true, true, false, Confidence::Exact, Tier::MakerFile),
        (SourceKind::ModelCard, true, true, true, Confidence::Reported, Tier::MakerText),
        (SourceKind::ModelCard, true, false, true, Confidence::Reported, Tier::CuratorWithQuote),
        (SourceKind::Config, false, true, false, Confidence::Exact, Tier::Curator),
        (SourceKind::Article, false, true, true, Confidence::Cited, Tier::CuratorWithQuote),
        (SourceKind::List, false, true, true, Confidence::Cited, Tier::Aggregator),
        (SourceKind::Database, false, true, false, Confidence::Cited, Tier::Aggregator),
        (SourceKind::Paper, true, true, true, Confidence::Inferred, Tier::Inference),
    ] {
        assert_eq!(Tier::of(kind, by_maker, locator, quote, confidence), tier, "{kind:?}");
    }
}

fn agreement_need_not_be_transitive() {
    let chain = [stated("7B", Tier::MakerText), stated("6.5B", Tier::Curator), stated("6.49B", Tier::Aggregator)];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let statements = order.map(|index| chain[index].clone());
        assert_eq!(outcome(Comparison::Amount, &statements), (json!("6.49B"), vec![json!("7B")]));
    }
    assert_eq!(outcome(Comparison::Amount, &chain[..2]), (json!("6.5B"), vec![]));
    assert_eq!(outcome(Comparison::Amount, &[chain[0].clone(), chain[2].clone()]), (json!("7B"), vec![json!("6.49B")]));
}

fn tiers() -> impl Strategy<Value = Tier> + Clone {
    let tiers =
        [Tier::MakerFile, Tier::MakerText, Tier::CuratorWithQuote, Tier::Curator, Tier::Aggregator, Tier::Inference];
    select(tiers.to_vec())
}

/// Statements whose values often agree, also without being transitive.
fn statements(comparison: Comparison) -> impl Strategy<Value = Statement> {
    let values = match comparison {
        Comparison::Amount => json!([
            "0.6B",
            "0.60B",
            "0.596B",
            "596.05M",
            596_049_920,
            600_000_000,
            751_632_384,
            "0.75B",
            "0.8B",
            "1B",
            "1.0B",
            "6B",
            "7B",
            "6.5B",
            "6.49B",
            "6.4B",
            "6.445B",
            "6.45B",
            7_000_000_000_i64,
            6_450_000_000_i64,
            "128K",
            128_000,
            131_072,
            "131K",
            "0.13M",
            "6.44B",
            "645M",
            645_900_000,
            "few",
            0
        ]),
        Comparison::Date => json!([
            "2023",
            "2023-07",
            "2023-07-18",
            "2023-07-19",
            "2023-08",
            "2024",
            "2024-02",
            "2024-02-29",
            "2023-12-31",
            "later"
        ]),
        Comparison::Exact => json!(["A", "B", ["A", "B"], ["B", "A"], true, false]),
    };
    let values = select(values.as_array().cloned().unwrap_or_default());
    let ranks = prop_oneof![
        8 => Just(EvidenceRank::Normal), 1 => Just(EvidenceRank::Preferred), 1 => Just(EvidenceRank::Deprecated)
    ];
    let stances = prop_oneof![8 => Just(Stance::Stated), 1 => Just(Stance::None), 1 => Just(Stance::Undisclosed)];
    let qualifiers = prop_oneof![
        6 => Just(None), 1 => Just(Some(Qualifier::Approximate)), 1 => Just(Some(Qualifier::AtLeast)),
        1 => Just(Some(Qualifier::AtMost))
    ];
    let confidences = select(vec![Confidence::Exact, Confidence::Reported, Confidence::Cited]);
    let sources = (select(vec!["a", "b", "c"]), of(2020..2024_i32));
    (values, ranks, stances, qualifiers, confidences, sources, tiers()).prop_map(
        |(value, rank, stance, qualifier, confidence, (source, year), tier)| Statement {
            value: if stance == Stance::Stated { value } else { Json::Null },
            stance,
            source: source.parse().expect("a slug"),
            date: year.and_then(|year| NaiveDate::from_ymd_opt(year, 7, 18)),
            confidence,
            qualifier,
            rank,
            tier,
            basis: None,
            competes: true,
        },
    )
}

/// Runs a property with statements of each kind.
fn for_all<S: Debug>(
    strategy: impl Fn(Comparison) -> BoxedStrategy<S>,
    property: impl Fn(Comparison, S) -> Result<(), TestCaseError>,
) {
    for comparison in [Comparison::Amount, Comparison::Date, Comparison::Exact] {
        let checked = runner().run(&strategy(comparison), |case| property(comparison, case));
        checked.expect("the property holds");
    }
}

fn the_order_of_the_statements_does_not_matter() {
    let shuffled = |comparison| {
        let list = vec(statements(comparison), 0..8);
        list.prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())).boxed()
    };
    for_all(shuffled, |comparison, (list, shuffled)| {
        prop_assert_eq!(holding(comparison, &list), holding(comparison, &shuffled));
        Ok(())
    });
}

fn a_finer_value_holds_whatever_the_tiers() {
    let case = (1_000_000..9_999_999_i64, 1..6_u32, tiers(), tiers());
    let property = |(number, dropped, tier, other): (i64, u32, Tier, Tier)| {
        let unit = 10_i64.pow(dropped);
        prop_assume!(number % unit != 0);
        let digits = 6 - usize::try_from(dropped).expect("it is small");
        // The text of the number rounded half up.
        let rounded = (number + unit / 2) / unit * unit;
        let (whole, fraction) = (rounded / 1_000_000, format!("{:06}", rounded % 1_000_000));
        let text = format!("{whole}.{}M", &fraction[..digits]);
        let exact = Statement { confidence: Confidence::Exact, ..stated(number, tier) };
        let found = outcome(Comparison::Amount, &[exact, stated(text, other)]);
        prop_assert_eq!(found, (json!(number), vec![]));
        Ok(())
    };
    runner().run(&case, property).expect("the property holds");
}

fn an_agreeing_coarser_statement_changes_nothing() {
    let case = |comparison| (vec(statements(comparison), 1..8), statements(comparison)).boxed();
    for_all(case, |comparison, (list, added)| {
        let Some(before) = holding(comparison, &list) else { return Ok(()) };
        // The added statement is coarser and agrees if it does not even hold with the best tier.
        let pair = [
            Statement { tier: Tier::Inference, ..before.statement.clone() },
            Statement { tier: Tier::MakerFile, ..added.clone() },
        ];
        let against = holding(comparison, &pair).expect("one of them holds");
        if added.rank == before.statement.rank
            && against.statement.tier == Tier::Inference
            && against.conflicts.is_empty()
        {
            let after = [list.clone(), vec![added]].concat();
            let after = holding(comparison, &after).expect("a statement holds");
            prop_assert_eq!(after.statement, before.statement);
            prop_assert_eq!(after.conflicts, before.conflicts);
        }
        Ok(())
    });
}

fn deprecated_statements_change_nothing() {
    let case = |comparison| (vec(statements(comparison), 0..8), statements(comparison)).boxed();
    for_all(case, |comparison, (list, added)| {
        let added = Statement { rank: EvidenceRank::Deprecated, ..added };
        let after = [list.clone(), vec![added]].concat();
        let (before, after) = (holding(comparison, &list), holding(comparison, &after));
        prop_assert!(after.iter().all(|after| after.statement.rank != EvidenceRank::Deprecated));
        prop_assert_eq!(before, after);
        Ok(())
    });
}

fn of_two_contradicting_statements_the_better_tier_holds() {
    let case = |comparison| (statements(comparison), statements(comparison)).boxed();
    for_all(case, |comparison, (one, other)| {
        let pair = [one, other].map(|statement| Statement { rank: EvidenceRank::Normal, ..statement });
        if pair[0].tier == pair[1].tier {
            return Ok(());
        }
        let found = holding(comparison, &pair).expect("one of them holds");
        let best = pair.iter().min_by_key(|statement| statement.tier).expect("there are two");
        if !found.conflicts.is_empty() {
            prop_assert_eq!(found.statement, best);
        }
        Ok(())
    });
}

fn the_preference_of_pairs_without_refinement_is_transitive() {
    let case = |comparison| [(); 3].map(|()| statements(comparison)).boxed();
    for_all(case, |comparison, three| {
        let beats = |one: &Statement, other: &Statement| {
            let pair = [one.clone(), other.clone()];
            let found = holding(comparison, &pair)?;
            (!found.conflicts.is_empty()).then(|| found.statement == one)
        };
        let [a, b, c] = &three;
        // Where all three contradict each other, the order of pairs has no cycle, and its first holds.
        if let (Some(ab), Some(bc), Some(ac)) = (beats(a, b), beats(b, c), beats(a, c)) {
            let is_cycle = ab == bc && bc != ac;
            prop_assert!(!is_cycle);
            let best = if ab && ac {
                a
            } else if !ab && bc {
                b
            } else {
                c
            };
            prop_assert_eq!(holding(comparison, &three).map(|found| found.statement), Some(best));
        }
        Ok(())
    });
}
