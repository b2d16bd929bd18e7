//! The tables behind the charts, for readers without scripts. Scripts make tables of what they draw.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::{Value as Json, json};

use crate::http::pages::code_names::country_name;
use crate::http::pages::components::{amount, context_length, date, group_digits, scroll};
use crate::http::pages::i18n::Translations;
use crate::query::points::Point;

/// The values that an axis can show, with the text of each name.
pub const AXES: [(&str, &str); 4] = [
    ("date", "plots.date"),
    ("parameters", "fact.ModelSize.parameters"),
    ("tokens", "fact.ModelSize.trainingTokens"),
    ("context", "fact.ModelSize.contextLength"),
];
/// The values that a color can show, with the text of each name.
pub const COLORS: [(&str, &str); 5] = [
    ("use", "plots.byUse"),
    ("country", "plots.byCountry"),
    ("kind", "plots.byKind"),
    ("maker", "plots.byMaker"),
    ("license", "plots.byLicense"),
];
/// The maximum number of rows of a table. `/plots/points.csv` has all points.
const MAX_ROWS: usize = 200;

/// Renders the table of a chart. `props` are those of the script.
pub fn table(texts: &Translations, chart: &str, props: &Json, points: &[Point]) -> Markup {
    let choice = |name: &str| props[name].as_str().unwrap_or_default();
    let by = choice(if chart == "points" { "color" } else { "by" });
    let group = |point: &Point| group_name(texts, by, point).unwrap_or_else(|| texts.text("plots.unknown").to_owned());
    let by_name = texts.text(color_text(by));
    let (head, rows) = match chart {
        "points" => {
            let (x, y) = (choice("x"), choice("y"));
            let row = |point: &Point| {
                let link = html! { a href={ "/models/" (point.slug) } { (point.name) } };
                Some(vec![link, cell(&value(texts, x, point)?), cell(&value(texts, y, point)?), cell(&group(point))])
            };
            let names = ["fact.Model.name", axis_text(x), axis_text(y)].map(|name| texts.text(name));
            ([names.as_slice(), &[by_name]].concat(), points.iter().filter_map(row).collect::<Vec<_>>())
        }
        "time" => {
            let year = |point: &Point| point.released.as_ref().and_then(|date| date.get(..4)).map(str::to_owned);
            let counts = count(points.iter().filter_map(|point| Some((year(point)?, group(point)))));
            let rows =
                counts.into_iter().rev().map(|((year, group), count)| vec![cell(&year), cell(&group), digits(count)]);
            (vec![texts.text("plots.year"), by_name, texts.text("nav.models")], rows.collect())
        }
        _ => {
            let mut counts = count(points.iter().map(group)).into_iter().collect::<Vec<_>>();
            counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let rows = counts.iter().map(|(group, count)| vec![cell(group), digits(*count)]);
            (vec![by_name, texts.text("nav.models")], rows.collect())
        }
    };
    let count = rows.len();
    let table = html! {
        table.data {
            thead { tr { @for name in head { th scope="col" { (name) } } } }
            tbody {
                @for row in rows.iter().take(MAX_ROWS) {
                    tr {
                        @for (index, cell) in row.iter().enumerate() {
                            @if index == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                        }
                    }
                }
            }
        }
    };
    html! {
        (scroll(texts.text("plots.asTable"), table))
        @if count > MAX_ROWS {
            p.unit {
                (texts.with("plots.tablePart", &[("count", &group_digits(MAX_ROWS as u64)), ("total", &group_digits(count as u64))]))
            }
        }
    }
}

fn cell(text: &str) -> Markup {
    html! { (text) }
}

fn digits(count: u64) -> Markup {
    html! { (group_digits(count)) }
}

fn count<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, u64> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}

/// Returns the value of a point on an axis; `None` if it has no place there.
fn value(texts: &Translations, axis: &str, point: &Point) -> Option<String> {
    let number = |value: Option<i64>| value.and_then(|value| u64::try_from(value).ok()).filter(|value| *value > 0);
    match axis {
        "parameters" => number(point.parameters).map(amount),
        "tokens" => number(point.tokens).map(amount),
        "context" => number(point.context).map(context_length),
        // A date that is known to the year has no place on an axis of dates.
        _ => point.released.as_ref().filter(|date| date.len() > 4).and_then(|day| date(texts, &json!(day))),
    }
}

/// Returns the name of the group of a point; `None` if it is unknown.
fn group_name(texts: &Translations, by: &str, point: &Point) -> Option<String> {
    let chinese = texts.api == "ZH";
    match by {
        "use" => Some(texts.enum_text("CommercialUse", &json!(point.commercial_use)).to_owned()),
        "kind" => point.kind.as_ref().map(|kind| texts.enum_text("ModelKind", &json!(kind)).to_owned()),
        "country" => point.country.as_ref().map(|code| country_name(code, texts.api).to_owned()),
        "maker" => {
            point.maker.as_ref().map(|(_, name, name_zh)| name_zh.as_ref().filter(|_| chinese).unwrap_or(name).clone())
        }
        _ => point.license.as_ref().map(|(_, name)| name.clone()),
    }
}

/// Returns the text with the name of an axis.
fn axis_text(axis: &str) -> &'static str {
    AXES.iter().find(|(name, _)| *name == axis).map_or("plots.date", |(_, text)| text)
}

/// Returns the text with the name of what a color shows.
fn color_text(color: &str) -> &'static str {
    COLORS.iter().find(|(name, _)| *name == color).map_or("plots.byUse", |(_, text)| text)
}
