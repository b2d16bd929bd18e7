//! The terms of a license in plain words.

use maud::{Markup, html};
use serde_json::Value as Json;

use crate::http::pages::components::{amount, date, list, text};
use crate::http::pages::i18n::Translations;

/// The groups of terms: the text that introduces them, and their effects.
const GROUPS: [(&str, &[&str]); 4] = [
    ("license.permission", &["AUTHORIZATION_REQUIRED"]),
    (
        "license.must",
        &["ATTRIBUTION", "NAMING", "NOTICE", "SHARE_ALIKE", "PASS_ON", "USE_RESTRICTIONS", "REGISTRATION"],
    ),
    ("license.mayNot", &["PROHIBITED"]),
    ("license.note", &["REVOCABLE"]),
];

/// Renders what a license permits, requires and forbids, each with its circumstances and the words of the license.
pub fn terms(texts: &Translations, license: &Json) -> Markup {
    let terms = list(&license["terms"]);
    let reviewed = match date(texts, &license["termsReviewed"]) {
        Some(date) => texts.with("terms.reviewed", &[("date", &date)]),
        None => texts.text("terms.notReviewed").to_owned(),
    };
    // The terms say what is limited; that the rest of commercial use is permitted, the license as a whole says.
    let commercial_use = text(&license["commercialUse"]);
    let permitted =
        ["ALLOWED", "CONDITIONAL"].contains(&commercial_use).then(|| format!("license.may.{commercial_use}"));
    html! {
        @if !terms.is_empty() {
            dl.terms {
                @if let Some(permitted) = &permitted {
                    div.may { dt { (texts.text("license.may")) } dd { ul { li { (texts.text(permitted)) } } } }
                }
                @for (title, effects) in GROUPS {
                    @let group = terms.iter().filter(|term| effects.contains(&text(&term["effect"]))).collect::<Vec<_>>();
                    @if !group.is_empty() {
                        div class=(title.trim_start_matches("license.")) {
                            dt { (texts.text(title)) }
                            dd { ul { @for (words, each) in duties(texts, &group) { li { (duty(texts, &words, &each)) } } } }
                        }
                    }
                }
            }
            p.unit { (reviewed) " " (texts.text("terms.notice")) }
        }
    }
}

/// Returns what terms ask for, each with the terms that ask for it.
fn duties<'a>(texts: &Translations, terms: &[&'a Json]) -> Vec<(String, Vec<&'a Json>)> {
    let mut duties = Vec::<(String, Vec<&Json>)>::new();
    for term in terms {
        let duty = texts.find(&format!("license.do.{}", text(&term["effect"])));
        let words = match (duty, circumstances(texts, &term["when"])) {
            (Some(duty), Some(when)) => format!("{duty}{}{when}", texts.text("list.colon")),
            (Some(duty), None) => duty.to_owned(),
            (None, when) => when.unwrap_or_else(|| texts.text("license.anyUse").to_owned()),
        };
        match duties.iter_mut().find(|(known, _)| *known == words) {
            Some((_, asking)) => asking.push(term),
            None => duties.push((words, vec![term])),
        }
    }
    duties
}

/// Renders what terms ask for, and behind a mark the words of the license.
fn duty(texts: &Translations, words: &str, terms: &[&Json]) -> Markup {
    let explained = terms.iter().any(|term| !term["quote"].is_null() || !term["note"].is_null());
    html! {
        span { (words) }
        @if explained {
            details.why {
                summary title=(texts.text("license.words")) aria-label={ (texts.text("license.words")) ": " (words) } { "§" }
                div.panel {
                    @for term in terms {
                        @if let Some(quote) = term["quote"].as_str() { q { (quote) } }
                        @if let Some(note) = term["note"].as_str() { p.unit { (note) } }
                    }
                }
            }
        }
    }
}

/// Returns the circumstances in which a term applies, in words; none if it always applies.
fn circumstances(texts: &Translations, when: &Json) -> Option<String> {
    let flag = |name: &str| {
        let value = when[name].as_bool()?;
        Some(texts.text(&format!("terms.{name}.{value}")).to_owned())
    };
    let count = |name: &str, key: &str| {
        let count = people_or_money(texts, when[name].as_u64()?);
        Some(texts.with(key, &[("count", &count)]))
    };
    let period = format!("terms.revenue.{}", text(&when["revenuePeriod"]));
    let counts = [
        count("monthlyUsersOver", "terms.monthlyUsers"),
        count("dailyUsersOver", "terms.dailyUsers"),
        count("revenueUsdOver", &period),
    ];
    let counts = counts.into_iter().flatten().collect::<Vec<_>>().join(texts.text("list.comma"));
    let counts = match date(texts, &when["countedOn"]) {
        Some(date) if !counts.is_empty() => texts.with("terms.countedOn", &[("what", &counts), ("date", &date)]),
        _ => counts,
    };
    let places = list(&when["territories"]).iter().map(text).collect::<Vec<_>>().join(texts.text("list.comma"));
    let basis = when["territoryBasis"].as_str().map(|basis| format!("terms.territories.{basis}"));
    let basis = basis.as_deref().unwrap_or("terms.territories");
    let modality = when["modality"].as_str().map(|_| texts.enum_text("Modality", &when["modality"]));
    let circumstances = [
        flag("commercial"),
        (!counts.is_empty()).then_some(counts),
        (!places.is_empty()).then(|| texts.with(basis, &[("places", &places)])),
        flag("hosting"),
        flag("trainsOnOutputs"),
        modality.map(|modality| texts.with("terms.modality", &[("modality", modality)])),
    ];
    let circumstances = circumstances.into_iter().flatten().collect::<Vec<_>>();
    (!circumstances.is_empty()).then(|| circumstances.join(texts.text("list.comma")))
}

/// Formats a number of people or an amount of money in the units of the language: 700M, in Chinese 7亿.
fn people_or_money(texts: &Translations, number: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(100_000_000, "亿"), (10_000, "万")];
    if texts.api != "ZH" {
        return amount(number);
    }
    let unit = UNITS.iter().find(|(size, _)| number >= *size && (number * 10).is_multiple_of(*size));
    unit.map_or_else(|| number.to_string(), |(size, unit)| format!("{}{unit}", number as f64 / *size as f64))
}
