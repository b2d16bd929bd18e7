//! The page of charts, and its form for frames of other sites. Scripts draw the charts; the page has their frames.

use actix_web::HttpRequest;
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use url::form_urlencoded;

use crate::http::pages::chart_tables::{self, AXES, COLORS};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::{Page, island};
use crate::query::points::Point;

/// The parameters of the charts, beside those of the filters: the axes, the color, what to count, and the range to look at.
const CHART_PARAMS: [&str; 10] = ["x", "y", "color", "by", "from", "to", "low", "high", "chart", "theme"];
/// The charts of an embedded page.
const CHARTS: [&str; 3] = ["points", "time", "totals"];
/// The query of a page of charts.
struct ChartParams {
    params: Vec<(String, String)>,
}

impl ChartParams {
    fn read(request: &HttpRequest) -> Self {
        Self { params: form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect() }
    }

    /// Returns the value of a parameter, if it is one of those allowed, otherwise the first of these.
    fn choice<'a>(&self, name: &str, allowed: &[&'a str]) -> &'a str {
        let value = self.params.iter().find(|(param, _)| param == name).map(|(_, value)| value.as_str());
        allowed.iter().find(|allowed| Some(**allowed) == value).or(allowed.first()).copied().unwrap_or_default()
    }

    /// Returns the parameters of the filters of the catalog.
    fn filters(&self) -> impl Iterator<Item = &(String, String)> {
        self.params.iter().filter(|(name, value)| !CHART_PARAMS.contains(&name.as_str()) && !value.is_empty())
    }

    /// Returns an address with the filters.
    fn with_filters(&self, path: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(self.filters()).finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// Returns what the script draws: the axes, the color, and the address of the points.
    fn props(&self) -> Json {
        let range = |name: &str| {
            let value = self.params.iter().find(|(param, _)| param == name).map(|(_, value)| value.as_str());
            value.and_then(|value| value.parse::<f64>().ok()).filter(|value| value.is_finite())
        };
        json!({
            "x": self.choice("x", &names(&AXES)),
            "y": self.choice("y", &["parameters", "tokens", "context", "date"]),
            "color": self.choice("color", &names(&COLORS)),
            "by": self.choice("by", &names(&COLORS)),
            "focus": { "from": range("from"), "to": range("to"), "low": range("low"), "high": range("high") },
            "points": self.with_filters("/plots/points.json"),
            "csv": self.with_filters("/plots/points.csv"),
            "filters": form_urlencoded::Serializer::new(String::new()).extend_pairs(self.filters()).finish(),
        })
    }
}

fn names<const N: usize>(choices: &[(&'static str, &str); N]) -> [&'static str; N] {
    choices.map(|(name, _)| name)
}

/// The page `/plots`. Without `points` it has no tables.
pub fn page(texts: &Translations, request: &HttpRequest, points: Option<&[Point]>) -> Page {
    let params = ChartParams::read(request);
    Page {
        title: texts.text("plots.title").to_owned(),
        description: texts.text("plots.description").to_owned(),
        canonical: Some("/plots".to_owned()),
        content: content(texts, &params, points),
        ..Page::default()
    }
}

fn content(texts: &Translations, params: &ChartParams, points: Option<&[Point]>) -> Markup {
    let props = params.props();
    let select = |name: &'static str, label: &'static str, choices: &[(&'static str, &'static str)]| {
        html! {
            label {
                (texts.text(label)) " "
                select name=(name) {
                    @for (value, text) in choices {
                        option value=(value) selected[props[name] == *value] { (texts.text(text)) }
                    }
                }
            }
        }
    };
    html! {
        div.page.charts {
            header {
                h1 { (texts.text("plots.title")) }
                p { (texts.text("plots.lead")) " " a href=(params.with_filters("/")) { (texts.text("plots.table")) } }
            }
            form.axes action="/plots" data-auto aria-label=(texts.text("plots.choose")) {
                @for (name, value) in params.filters() { input type="hidden" name=(name) value=(value); }
                (select("x", "plots.x", &AXES))
                (select("y", "plots.y", &AXES))
                (select("color", "plots.color", &COLORS))
                (select("by", "plots.by", &COLORS))
                noscript { button { (texts.text("plots.show")) } }
            }
            (island("charts", &props, &placeholder(texts, &props, &CHARTS, points)))
        }
    }
}

/// Renders the frames of the charts with the heights that these will have, so that nothing moves when they are drawn. Without
/// scripts they are tables.
fn placeholder(texts: &Translations, props: &Json, charts: &[&str], points: Option<&[Point]>) -> Markup {
    let csv = props["csv"].as_str().unwrap_or_default();
    html! {
        @for chart in charts {
            figure.plot {
                figcaption { h2 { (texts.text(&format!("plots.{chart}"))) } }
                div class={ "drawing " (chart) } {}
                noscript {
                    p { (texts.text("plots.script")) " " a href=(csv) download { (texts.text("plots.csv")) } }
                    @if let Some(points) = points { (chart_tables::table(texts, chart, props, points)) }
                }
            }
        }
    }
}

/// The page `/plots/embed`: one chart. Without `points` it has no table.
pub fn embedded(texts: &Translations, request: &HttpRequest, points: Option<&[Point]>) -> Page {
    let params = ChartParams::read(request);
    let chart = params.choice("chart", &CHARTS);
    let mut props = params.props();
    props["embed"] = chart.into();
    let content = html! {
        (island("charts", &props, &placeholder(texts, &props, &[chart], points)))
        p.credit { a href=(params.with_filters("/plots")) target="_blank" { "Open LLM Catalog" } }
    };
    Page { title: texts.text("plots.title").to_owned(), content, ..Page::default() }
}
