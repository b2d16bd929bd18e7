//! What licenses say about a use of which some circumstances are unknown.

use entity::vocabulary::{CommercialUse, Modality, UseVerdict};
use libtest_mimic::Trial;
use open_llm_catalog::domain::count::Count;
use open_llm_catalog::domain::license_terms::TermDocument;
use open_llm_catalog::domain::license_terms::evaluation::{
    self, Circumstance, Evaluation, LicenseReading, TermIndex, UseCase, strictness,
};
use open_llm_catalog::domain::license_terms::territory::is_territory;
use proptest::{
    collection::vec,
    option::of,
    prelude::{Strategy, any},
    sample::select,
    test_runner::TestCaseError,
};
use serde_json::{Value as Json, json};

use crate::{support::runner, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        a_term_applies_if_all_circumstances_hold,
        one_figure_can_decide_about_another,
        the_european_union_stands_for_its_members,
        the_strictest_term_decides,
        unread_terms_are_unknown_unless_something_else_decides,
        obligations_come_along_unless_they_do_not_apply,
        commercial_use_follows_from_reviewed_terms,
        more_circumstances_never_change_a_final_verdict,
        the_order_of_licenses_and_terms_does_not_matter,
        several_licenses_give_the_strictest_verdict,
        territories_are_country_codes_or_the_union,
    ]
}

fn count(number: i64) -> Count {
    Count::new(number).expect("a count")
}

fn term(json: Json) -> TermDocument {
    serde_json::from_value(json).expect("a term")
}

/// A reviewed license with these terms.
fn license(terms: &Json) -> Option<LicenseReading> {
    let terms = terms.as_array().expect("a list").iter().cloned().map(term).collect();
    let reviewed = Some("2026-11-20".parse().expect("a date"));
    Some(LicenseReading { commercial_use: CommercialUse::Unknown, reviewed, terms })
}

fn evaluate(licenses: &[Option<LicenseReading>], use_case: &UseCase) -> Evaluation {
    evaluation::evaluate(&licenses.iter().map(Option::as_ref).collect::<Vec<_>>(), use_case)
}

/// The verdict about a use, and the names of the missing circumstances.
fn verdict(licenses: &[Option<LicenseReading>], use_case: &UseCase) -> (UseVerdict, Vec<&'static str>) {
    let Evaluation { verdict, missing, .. } = evaluate(licenses, use_case);
    (verdict, missing.into_iter().map(Circumstance::field).collect())
}

/// The verdict about a use of a license with one prohibition.
fn prohibited_when(when: &Json, use_case: &UseCase) -> (UseVerdict, Vec<&'static str>) {
    verdict(&[license(&json!([{ "effect": "PROHIBITED", "when": when }]))], use_case)
}

const UNKNOWN: UseCase = UseCase {
    known_modalities: Vec::new(),
    commercial: None,
    monthly_users: None,
    daily_users: None,
    monthly_revenue_usd: None,
    annual_revenue_usd: None,
    territory: None,
    hosting: None,
    trains_on_outputs: None,
    modality: None,
};

fn a_term_applies_if_all_circumstances_hold() {
    use UseVerdict::{Allowed, Conditional, Prohibited};
    let territory = |code: &str| UseCase { territory: Some(code.to_owned()), ..UNKNOWN };
    let cases = [
        (json!({}), UNKNOWN, Prohibited, vec![]),
        (json!({ "commercial": true }), UNKNOWN, Conditional, vec!["commercial"]),
        (json!({ "commercial": true }), UseCase { commercial: Some(true), ..UNKNOWN }, Prohibited, vec![]),
        (json!({ "commercial": true }), UseCase { commercial: Some(false), ..UNKNOWN }, Allowed, vec![]),
        (json!({ "commercial": false }), UseCase { commercial: Some(true), ..UNKNOWN }, Allowed, vec![]),
        (json!({ "hosting": true }), UseCase { hosting: Some(true), ..UNKNOWN }, Prohibited, vec![]),
        (json!({ "trainsOnOutputs": true }), UNKNOWN, Conditional, vec!["trainsOnOutputs"]),
        (json!({ "trainsOnOutputs": true }), UseCase { trains_on_outputs: Some(false), ..UNKNOWN }, Allowed, vec![]),
        (json!({ "modality": "IMAGE" }), UNKNOWN, Conditional, vec!["modality"]),
        (json!({ "modality": "IMAGE" }), UseCase { modality: Some(Modality::Text), ..UNKNOWN }, Allowed, vec![]),
        (json!({ "modality": "IMAGE" }), UseCase { modality: Some(Modality::Image), ..UNKNOWN }, Prohibited, vec![]),
        (json!({ "territories": ["KR"] }), UNKNOWN, Conditional, vec!["territory"]),
        (json!({ "territories": ["KR"] }), territory("KR"), Prohibited, vec![]),
        (json!({ "territories": ["KR"] }), territory("KP"), Allowed, vec![]),
        // The limit itself is not above the limit.
        (json!({ "monthlyUsersOver": "700M" }), UNKNOWN, Conditional, vec!["monthlyUsers"]),
        (
            json!({ "monthlyUsersOver": "700M" }),
            UseCase { monthly_users: Some(count(700_000_000)), ..UNKNOWN },
            Allowed,
            vec![],
        ),
        (
            json!({ "monthlyUsersOver": "700M" }),
            UseCase { monthly_users: Some(count(700_000_001)), ..UNKNOWN },
            Prohibited,
            vec![],
        ),
        // All that are given must hold together.
        (json!({ "commercial": true, "hosting": true }), UNKNOWN, Conditional, vec!["commercial", "hosting"]),
        (
            json!({ "commercial": true, "hosting": true }),
            UseCase { commercial: Some(true), ..UNKNOWN },
            Conditional,
            vec!["hosting"],
        ),
        (json!({ "commercial": true, "hosting": true }), UseCase { hosting: Some(false), ..UNKNOWN }, Allowed, vec![]),
    ];
    for (when, use_case, expected, missing) in cases {
        assert_eq!(prohibited_when(&when, &use_case), (expected, missing), "{when} {use_case:?}");
    }
}

fn one_figure_can_decide_about_another() {
    use UseVerdict::{Allowed, Conditional, Prohibited};
    let monthly_users = json!({ "monthlyUsersOver": 100 });
    let daily_users = json!({ "dailyUsersOver": 100 });
    let monthly_revenue = json!({ "revenueUsdOver": 100, "revenuePeriod": "MONTH" });
    let annual_revenue = json!({ "revenueUsdOver": 100, "revenuePeriod": "YEAR" });
    let daily = |number| UseCase { daily_users: Some(count(number)), ..UNKNOWN };
    let monthly = |number| UseCase { monthly_users: Some(count(number)), ..UNKNOWN };
    let per_month = |number| UseCase { monthly_revenue_usd: Some(count(number)), ..UNKNOWN };
    let per_year = |number| UseCase { annual_revenue_usd: Some(count(number)), ..UNKNOWN };
    for (when, use_case, expected) in [
        (&monthly_users, daily(101), (Prohibited, vec![])),
        (&monthly_users, daily(100), (Conditional, vec!["monthlyUsers"])),
        (&daily_users, monthly(100), (Allowed, vec![])),
        (&daily_users, monthly(101), (Conditional, vec!["dailyUsers"])),
        (&monthly_revenue, per_month(101), (Prohibited, vec![])),
        (&monthly_revenue, per_year(100), (Allowed, vec![])),
        (&monthly_revenue, per_year(1201), (Conditional, vec!["monthlyRevenueUsd"])),
        (&annual_revenue, per_year(100), (Allowed, vec![])),
        (&annual_revenue, per_month(101), (Prohibited, vec![])),
        (&annual_revenue, per_month(9), (Conditional, vec!["annualRevenueUsd"])),
    ] {
        assert_eq!(prohibited_when(when, &use_case), expected, "{when} {use_case:?}");
    }
}

fn the_european_union_stands_for_its_members() {
    let when = |territories: Json, territory: &str| {
        let use_case = UseCase { territory: Some(territory.to_owned()), ..UNKNOWN };
        prohibited_when(&json!({ "territories": territories, "territoryBasis": "DOMICILE" }), &use_case).0
    };
    assert_eq!(when(json!(["EU"]), "DE"), UseVerdict::Prohibited);
    assert_eq!(when(json!(["EU"]), "EU"), UseVerdict::Prohibited);
    assert_eq!(when(json!(["EU", "GB", "KR"]), "GB"), UseVerdict::Prohibited);
    assert_eq!(when(json!(["EU"]), "GB"), UseVerdict::Allowed);
    assert_eq!(when(json!(["EU"]), "NO"), UseVerdict::Allowed);
    // It depends on which member.
    assert_eq!(when(json!(["DE", "FR"]), "EU"), UseVerdict::Conditional);
    assert_eq!(when(json!(["CN"]), "EU"), UseVerdict::Allowed);
}

fn the_strictest_term_decides() {
    let licenses = [license(&json!([
        { "effect": "AUTHORIZATION_REQUIRED", "when": { "monthlyUsersOver": 100 } },
        { "effect": "PROHIBITED", "when": { "territories": ["EU"], "territoryBasis": "DOMICILE" } },
        { "effect": "PROHIBITED", "when": { "trainsOnOutputs": true } },
        { "effect": "NOTICE" },
    ]))];
    let decisive = |use_case: &UseCase| {
        let evaluation = evaluate(&licenses, use_case);
        let terms = evaluation.decisive.into_iter().map(|TermIndex { term, .. }| term).collect::<Vec<_>>();
        let (verdict, missing) = verdict(&licenses, use_case);
        (verdict, terms, missing)
    };
    let all = vec!["monthlyUsers", "territory", "trainsOnOutputs"];
    assert_eq!(decisive(&UNKNOWN), (UseVerdict::Conditional, vec![0, 1, 2], all));
    let large = UseCase { monthly_users: Some(count(101)), ..UNKNOWN };
    // Authorization is needed in any case.
    assert_eq!(decisive(&large), (UseVerdict::AuthorizationRequired, vec![0], vec![]));
    let large_abroad = UseCase { territory: Some("US".to_owned()), trains_on_outputs: Some(false), ..large.clone() };
    assert_eq!(decisive(&large_abroad), (UseVerdict::AuthorizationRequired, vec![0], vec![]));
    let large_in_spain = UseCase { territory: Some("ES".to_owned()), ..large };
    assert_eq!(decisive(&large_in_spain), (UseVerdict::Prohibited, vec![1], vec![]));
    let small = UseCase { monthly_users: Some(count(0)), ..large_abroad };
    assert_eq!(decisive(&small), (UseVerdict::Allowed, vec![], vec![]));
}

fn unread_terms_are_unknown_unless_something_else_decides() {
    let unread = |commercial_use, terms: Json| {
        let read = license(&terms).expect("a license");
        Some(LicenseReading { commercial_use, reviewed: None, ..read })
    };
    let commercial = UseCase { commercial: Some(true), ..UNKNOWN };
    let private = UseCase { commercial: Some(false), ..UNKNOWN };
    let free = license(&json!([]));
    let stated = |commercial_use| unread(commercial_use, json!([]));
    use UseVerdict::{AuthorizationRequired, Prohibited, Unknown};
    for (licenses, use_case, expected) in [
        (vec![], &commercial, (Unknown, vec![])),
        (vec![None], &commercial, (Unknown, vec![])),
        (vec![free.clone(), None], &commercial, (Unknown, vec![])),
        (vec![stated(CommercialUse::Allowed)], &commercial, (Unknown, vec![])),
        (vec![stated(CommercialUse::Conditional)], &commercial, (Unknown, vec![])),
        // A stated prohibition is one, whatever else the text says.
        (vec![stated(CommercialUse::Prohibited)], &commercial, (Prohibited, vec![])),
        (vec![stated(CommercialUse::Prohibited)], &private, (Unknown, vec![])),
        (vec![stated(CommercialUse::Prohibited)], &UNKNOWN, (Unknown, vec![])),
        (vec![stated(CommercialUse::AuthorizationRequired)], &commercial, (AuthorizationRequired, vec![])),
        (vec![free, stated(CommercialUse::Prohibited)], &commercial, (Prohibited, vec![])),
        // A term that is known before the review.
        (
            vec![unread(CommercialUse::Unknown, json!([{ "effect": "PROHIBITED", "when": { "hosting": true } }]))],
            &commercial,
            (Unknown, vec![]),
        ),
        (
            vec![unread(CommercialUse::Unknown, json!([{ "effect": "PROHIBITED", "when": { "hosting": true } }]))],
            &UseCase { hosting: Some(true), ..UNKNOWN },
            (Prohibited, vec![]),
        ),
    ] {
        assert_eq!(verdict(&licenses, use_case), expected, "{licenses:?} {use_case:?}");
        assert_eq!(evaluate(&licenses, use_case).reviewed, None);
    }
    let dated = |date: &str| {
        let read = license(&json!([])).expect("a license");
        Some(LicenseReading { reviewed: Some(date.parse().expect("a date")), ..read })
    };
    let evaluation = evaluate(&[dated("2026-11"), dated("2025-02-03"), dated("2026-01-01")], &commercial);
    assert_eq!(evaluation.reviewed, Some("2025-02-03".parse().expect("a date")));
    assert_eq!(evaluation.verdict, UseVerdict::Allowed);
}

fn obligations_come_along_unless_they_do_not_apply() {
    let licenses = [
        license(&json!([
            { "effect": "NOTICE" },
            { "effect": "ATTRIBUTION", "when": { "monthlyUsersOver": "100M" } },
            { "effect": "PROHIBITED", "when": { "hosting": true } },
            { "effect": "NAMING", "when": { "trainsOnOutputs": true } },
        ])),
        license(&json!([{ "effect": "SHARE_ALIKE" }])),
    ];
    let obligations = |use_case: &UseCase| {
        let evaluation = evaluate(&licenses, use_case);
        let indexes = evaluation.obligations.iter().map(|TermIndex { license, term }| (*license, *term));
        (evaluation.verdict, indexes.collect::<Vec<_>>())
    };
    let small = UseCase { monthly_users: Some(count(5)), hosting: Some(false), ..UNKNOWN };
    // Unknown circumstances of obligations leave the verdict alone.
    assert_eq!(obligations(&small), (UseVerdict::Allowed, vec![(0, 0), (0, 3), (1, 0)]));
    let training = UseCase { trains_on_outputs: Some(false), ..small };
    assert_eq!(obligations(&training), (UseVerdict::Allowed, vec![(0, 0), (1, 0)]));
    let hosted = UseCase { hosting: Some(true), ..UNKNOWN };
    assert_eq!(obligations(&hosted), (UseVerdict::Prohibited, vec![(0, 0), (0, 1), (0, 3), (1, 0)]));
}

fn commercial_use_follows_from_reviewed_terms() {
    let by_terms = |terms: Json| license(&terms).expect("a license").commercial_use();
    assert_eq!(by_terms(json!([{ "effect": "NOTICE" }])), Some(CommercialUse::Allowed));
    let users = json!([{ "effect": "AUTHORIZATION_REQUIRED", "when": { "monthlyUsersOver": "700M" } }]);
    assert_eq!(by_terms(users), Some(CommercialUse::Conditional));
    assert_eq!(
        by_terms(json!([{ "effect": "PROHIBITED", "when": { "commercial": true } }])),
        Some(CommercialUse::Prohibited)
    );
    let paid = json!([{ "effect": "AUTHORIZATION_REQUIRED", "when": { "commercial": true } }]);
    assert_eq!(by_terms(paid), Some(CommercialUse::AuthorizationRequired));
    // Training on outputs is not a question of commercial use.
    assert_eq!(
        by_terms(json!([{ "effect": "PROHIBITED", "when": { "trainsOnOutputs": true } }])),
        Some(CommercialUse::Allowed)
    );
    let unread = LicenseReading { reviewed: None, ..license(&json!([])).expect("a license") };
    assert_eq!(unread.commercial_use(), None);
}

/// Random terms, with few values so that they often meet.
fn terms() -> impl Strategy<Value = Json> {
    let effects = select(vec!["PROHIBITED", "AUTHORIZATION_REQUIRED", "NOTICE", "NAMING"]);
    let figures = (of(1..4_i64), of(1..4_i64), of((1..4_i64, select(vec!["MONTH", "YEAR"]))));
    let places = select(vec![json!([]), json!([]), json!(["EU"]), json!(["DE", "KR"])]);
    let flags = (of(any::<bool>()), of(any::<bool>()), of(any::<bool>()), of(select(vec!["TEXT", "IMAGE"])));
    let term = (effects, figures, places, flags).prop_map(|(effect, (monthly, daily, revenue), territories, flags)| {
        let (commercial, hosting, trains, modality) = flags;
        let when = json!({ "monthlyUsersOver": monthly, "dailyUsersOver": daily, "territories": territories,
            "revenueUsdOver": revenue.map(|(amount, _)| amount), "revenuePeriod": revenue.map(|(_, period)| period),
            "commercial": commercial, "hosting": hosting, "trainsOnOutputs": trains, "modality": modality });
        json!({ "effect": effect, "when": when })
    });
    vec(term, 0..4).prop_map(Json::from)
}

fn licenses() -> impl Strategy<Value = Vec<Option<LicenseReading>>> {
    let uses = select(vec![CommercialUse::Unknown, CommercialUse::Prohibited, CommercialUse::AuthorizationRequired]);
    let facts = (terms(), uses, of(select(vec!["2024", "2025-05"])));
    let one = facts.prop_map(|(terms, commercial_use, reviewed)| {
        let reviewed = reviewed.map(|date| date.parse().expect("a date"));
        LicenseReading { commercial_use, reviewed, ..license(&terms).expect("a license") }
    });
    vec(proptest::option::weighted(0.9, one), 0..4)
}

/// A use of which all is known, without contradictions.
fn known_use() -> impl Strategy<Value = UseCase> {
    let figures = (0..5_i64, 0..5_i64, 0..5_i64, 0..5_i64);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let rest = (select(vec!["EU", "DE", "FR", "KR", "US"]), select(vec![Modality::Text, Modality::Image]));
    (figures, flags, rest).prop_map(|(figures, (commercial, hosting, trains), (territory, modality))| {
        let (monthly, daily, in_month, in_year) = figures;
        UseCase {
            commercial: Some(commercial),
            monthly_users: Some(count(monthly)),
            daily_users: Some(count(daily.min(monthly))),
            monthly_revenue_usd: Some(count(in_month.min(in_year))),
            annual_revenue_usd: Some(count(in_year)),
            territory: Some(territory.to_owned()),
            hosting: Some(hosting),
            trains_on_outputs: Some(trains),
            modality: Some(modality),
            ..UNKNOWN
        }
    })
}

/// The same use, of which only some circumstances are known: those whose bits are set.
fn partial(known: &UseCase, bits: u16) -> UseCase {
    let is_known = |bit: u16| bits & (1 << bit) != 0;
    UseCase {
        commercial: known.commercial.filter(|_| is_known(0)),
        monthly_users: known.monthly_users.filter(|_| is_known(1)),
        daily_users: known.daily_users.filter(|_| is_known(2)),
        monthly_revenue_usd: known.monthly_revenue_usd.filter(|_| is_known(3)),
        annual_revenue_usd: known.annual_revenue_usd.filter(|_| is_known(4)),
        territory: known.territory.clone().filter(|_| is_known(5)),
        hosting: known.hosting.filter(|_| is_known(6)),
        trains_on_outputs: known.trains_on_outputs.filter(|_| is_known(7)),
        modality: known.modality.filter(|_| is_known(8)),
        ..UNKNOWN
    }
}

fn check(condition: bool, message: impl FnOnce() -> String) -> Result<(), TestCaseError> {
    if condition { Ok(()) } else { Err(TestCaseError::fail(message())) }
}

fn more_circumstances_never_change_a_final_verdict() {
    let cases = (licenses(), known_use(), 0..512_u16, 0..512_u16);
    let result = runner().run(&cases, |(licenses, known, less, more)| {
        let less_known = partial(&known, less);
        let (before, after) = (evaluate(&licenses, &less_known), evaluate(&licenses, &partial(&known, less | more)));
        let context = || format!("{licenses:?}\n{known:?} {less:b} {more:b}\n{before:?}\n{after:?}");
        if before.verdict == UseVerdict::Allowed {
            check(after.verdict == UseVerdict::Allowed, context)?;
        }
        if matches!(before.verdict, UseVerdict::Prohibited | UseVerdict::AuthorizationRequired) {
            check(strictness(after.verdict) >= strictness(before.verdict), context)?;
        }
        check((before.verdict == UseVerdict::Conditional) != before.missing.is_empty(), context)?;
        check(after.obligations.iter().all(|term| before.obligations.contains(term)), context)?;
        // What is missing was not given.
        let given = serde_json::to_string(&json!(format!("{less_known:?}"))).expect("a text");
        let field = |name: &str| format!("{}: None", name.replace("Users", "_users"));
        let users =
            before.missing.iter().map(|circumstance| circumstance.field()).filter(|name| name.ends_with("Users"));
        check(users.into_iter().all(|name| given.contains(&field(name))), context)
    });
    result.expect("it holds");
}

fn the_order_of_licenses_and_terms_does_not_matter() {
    let cases = (licenses(), known_use(), 0..512_u16);
    let result = runner().run(&cases, |(licenses, known, bits)| {
        let use_case = partial(&known, bits);
        let mut reversed = licenses.clone();
        reversed.reverse();
        for license in reversed.iter_mut().flatten() {
            license.terms.reverse();
        }
        let (one, other) = (evaluate(&licenses, &use_case), evaluate(&reversed, &use_case));
        let terms = |licenses: &[Option<LicenseReading>], indexes: &[TermIndex]| {
            let term = |index: &TermIndex| {
                let license = licenses[index.license].as_ref().expect("a license");
                format!("{:?} {:?}", license.reviewed, license.terms[index.term])
            };
            let mut terms = indexes.iter().map(term).collect::<Vec<_>>();
            terms.sort();
            terms
        };
        let context = || format!("{licenses:?} {use_case:?}");
        check((one.verdict, &one.missing, &one.reviewed) == (other.verdict, &other.missing, &other.reviewed), context)?;
        check(terms(&licenses, &one.decisive) == terms(&reversed, &other.decisive), context)?;
        check(terms(&licenses, &one.obligations) == terms(&reversed, &other.obligations), context)
    });
    result.expect("it holds");
}

fn several_licenses_give_the_strictest_verdict() {
    let cases = (licenses(), known_use(), 0..512_u16);
    let result = runner().run(&cases, |(licenses, known, bits)| {
        let use_case = partial(&known, bits);
        let of_each = licenses.iter().map(|license| evaluate(std::slice::from_ref(license), &use_case).verdict);
        let strictest = of_each.max_by_key(|verdict| strictness(*verdict)).unwrap_or(UseVerdict::Unknown);
        check(evaluate(&licenses, &use_case).verdict == strictest, || format!("{licenses:?} {use_case:?}"))
    });
    result.expect("it holds");
}

fn territories_are_country_codes_or_the_union() {
    let letters = || (b'A'..=b'Z').map(char::from);
    let codes = letters().flat_map(|one| letters().map(move |other| format!("{one}{other}")));
    let known = codes.filter(|code| is_territory(code)).collect::<Vec<_>>();
    // ISO 3166-1 assigns 249 codes.
    assert_eq!(known.len(), 250, "{known:?}");
    assert!(["DE", "KR", "EU", "GB", "HK"].iter().all(|code| known.contains(&(*code).to_owned())));
    assert!(["", "de", "UK", "DEU", "D E", "AD AE"].iter().all(|code| !is_territory(code)));
}
