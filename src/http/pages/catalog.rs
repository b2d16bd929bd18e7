//! The page of the catalog: what it is, the filters and the table of models.

use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde_json::{Value as Json, json};

use crate::http::pages::catalog_filters::{self, Counts};
use crate::http::pages::catalog_params::{COLUMNS, CatalogParams, InvalidParameter, column_text};
use crate::http::pages::components::{format_time, group_digits, list, text};
use crate::http::pages::hardware::device_named;
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::inline_island;
use crate::http::pages::search::{did_you_mean, readings};

/// The content of the page.
pub struct Catalog<'a> {
    /// The translations.
    pub texts: &'a Translations,
    /// The parameters.
    pub params: &'a CatalogParams,
    /// The response with the rows.
    pub rows: &'a Json,
    /// The response with the state of the catalog; null if the page did not wait for it.
    pub state: &'a Json,
    /// The number of models of each value of the filters.
    pub counts: Counts<'a>,
    /// A search with results, if this one has none.
    pub suggestion: Option<&'a str>,
    /// The parameters of the address whose values are not valid.
    pub ignored: Vec<InvalidParameter>,
}

impl Catalog<'_> {
    /// Renders the page.
    pub fn page(&self) -> Markup {
        let Self { texts, params, .. } = self;
        html! {
            div.catalog data-island="catalog" {
                a.skip href=(if list(&self.rows["nodes"]).is_empty() { "#results" } else { "#first-model" }) { (texts.text("catalog.skip")) }
                header.intro {
                    h1 { (texts.text("catalog.title")) }
                    p { (texts.text("catalog.lead")) " " (self.state()) }
                    div.search role="search" {
                        input type="search" name="q" form="filters" value=(params.search()) maxlength="200" autocomplete="off"
                            placeholder=(texts.text("catalog.searchFor")) aria-label=(texts.text("catalog.search"));
                    }
                }
                (catalog_filters::form(texts, params, &self.counts))
                section.results #results tabindex="-1" aria-label=(texts.text("catalog.results")) { (self.results()) }
            }
        }
    }

    /// Renders how many models there are, whether their facts have sources, and when the catalog last changed.
    fn state(&self) -> Markup {
        html! { span.state { @if let Some(sentence) = self.sentence_of_state() { (sentence) } } }
    }

    fn sentence_of_state(&self) -> Option<Markup> {
        let Self { texts, state, .. } = self;
        let models = state["catalog"]["counts"]["models"].as_u64()?;
        let updated = &state["catalog"]["updatedAt"];
        let when = ago(texts, updated)?;
        let unsourced = state["unsourced"]["totalCount"].as_u64().unwrap_or_default();
        let key = if unsourced == 0 { "catalog.state" } else { "catalog.stateUnsourced" };
        let values = [("count", group_digits(models)), ("unsourced", group_digits(unsourced))];
        let values = values.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>();
        Some(html! {
            (texts.with(key, &values))
            time datetime=(text(updated)) title=(format_time(texts, updated)) { (when) }
            (texts.text("list.stop"))
        })
    }

    fn results(&self) -> Markup {
        let Self { texts, params, .. } = self;
        let rows = list(&self.rows["nodes"]);
        let page_info = &self.rows["pageInfo"];
        let next = page_info["endCursor"].as_str().filter(|_| page_info["hasNextPage"] == true);
        html! {
            (self.above())
            @if !self.ignored.is_empty() { p.assumptions { (texts.with("filters.ignored", &[("list", &self.ignored_list())])) } }
            (readings(texts, params.search(), |query| self.searched(query)))
            @if let Some(hardware) = params.hardware() { p.assumptions data-gib=(hardware.gib) { (hardware.assumptions(texts)) } }
            @if params.case().is_some() { p.assumptions { (texts.text("case.notice")) (self.open_questions()) } }
            @if rows.is_empty() {
                div.empty {
                    p { (texts.text("catalog.none")) }
                    (did_you_mean(texts, self.suggestion, |query| self.searched(query)))
                    @if let Some(device) = device_named(params.search()) {
                        p.suggestion {
                            a href={ "/" (params.at_the_start().with("q", None).with("gpu", Some(&device.slug)).query()) } {
                                (texts.with("search.device", &[("name", &device.name)]))
                            }
                        }
                    }
                    a.button href="/" { (texts.text("filters.clearAll")) }
                }
            } @else {
                (self.table(rows))
            }
            p.further {
                @if params.after().is_some() { a href={ "/" (params.at_the_start().query()) } { (texts.text("catalog.first")) } }
                @if let Some(cursor) = next {
                    a.button.next rel="next" href={ "/" (params.with("after", Some(cursor)).query()) } { (texts.text("catalog.more")) }
                }
                (inline_island("new-link", &json!({ "address": "/new/model" })))
            }
        }
    }

    /// Renders which questions about the case of the reader are open, because a condition may hang on their answers.
    fn open_questions(&self) -> Markup {
        let Self { texts, params, .. } = self;
        let open = params.open_questions();
        let open = open.iter().map(|name| texts.text(&format!("case.short.{name}")).to_owned()).collect::<Vec<_>>();
        let open = open.join(texts.text("list.comma"));
        html! { @if !open.is_empty() { " " (texts.with("case.unanswered", &[("list", &open)])) } }
    }

    /// Returns the parameters that are not valid, with what would be.
    fn ignored_list(&self) -> String {
        let each = self.ignored.iter().map(|InvalidParameter { name, value, reason }| {
            // The reasons are in English, as in exports.
            if self.texts.api == "EN" { format!("{name}={value} ({reason})") } else { format!("{name}={value}") }
        });
        each.collect::<Vec<_>>().join(self.texts.text("list.comma"))
    }

    /// Returns the address of the same page with another search.
    fn searched(&self, query: &str) -> String {
        format!("/{}", self.params.at_the_start().with("q", Some(query)).query())
    }

    /// Renders what is above the table, with the number of models.
    fn above(&self) -> Markup {
        html! {
            div.above {
                p role="status" { (self.count()) }
                (self.actions())
            }
        }
    }

    /// Renders what has numbers: the state of the catalog, the form, and what is above the table.
    pub fn with_counts(&self) -> Markup {
        html! { (self.state()) (catalog_filters::form(self.texts, self.params, &self.counts)) (self.above()) }
    }

    fn count(&self) -> String {
        let Self { texts, params, .. } = self;
        let key = if params.selecting().query().is_empty() { "catalog.all" } else { "catalog.found" };
        self.counts.total().map_or_else(String::new, |total| texts.with(key, &[("count", &group_digits(total))]))
    }

    /// Renders the links to charts and exports of the same models, and the menu of columns.
    fn actions(&self) -> Markup {
        let Self { texts, params, .. } = self;
        let selecting = params.selecting().query();
        let count = self.counts.total().map_or_else(String::new, |total| format!(" ({})", group_digits(total)));
        let has = |name| params.has_column(name);
        let toggled = |column: &str| {
            let names = COLUMNS.iter().map(|(name, _)| *name).filter(|name| has(name) != (*name == column));
            let names = names.collect::<Vec<_>>();
            let default = COLUMNS.iter().filter(|(_, default)| *default).map(|(name, _)| *name).collect::<Vec<_>>();
            let plain = params.at_the_start().with("columns", None);
            if names == default { plain.query() } else { plain.with_all("columns", &names).query() }
        };
        let dense = params.first("dense") == "1";
        let shown = |shown: bool| {
            html! {
                span.tick aria-hidden="true" { (if shown { "✓" } else { "" }) }
                @if shown { span.hidden { (texts.text("columns.shown")) (texts.text("list.colon")) } }
            }
        };
        html! {
            div.actions {
                a href={ "/plots" (selecting) } { (texts.text("plots.title")) }
                @for format in ["csv", "json"] {
                    a href={ "/export/models." (format) (selecting) } download { (format.to_uppercase()) (count) }
                }
                @if params.filters_sizes() {
                    a href={ "/export/sizes.csv" (selecting) } download { (texts.text("export.matchingSizes")) }
                }
                details.menu.view {
                    summary { (texts.text("columns.title")) }
                    ul {
                        @for (name, _) in COLUMNS {
                            li {
                                a data-keep-scroll href={ "/" (toggled(name)) } { (shown(has(name))) (texts.text(column_text(name))) }
                            }
                        }
                        li {
                            a data-keep-scroll href={ "/" (params.with("dense", (!dense).then_some("1")).query()) } {
                                (shown(dense)) (texts.text("columns.dense"))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns how long ago a time is, in days.
fn ago(texts: &Translations, time: &Json) -> Option<String> {
    let time = time.as_str()?.parse::<DateTime<Utc>>().ok()?;
    Some(match (Utc::now() - time).num_days() {
        ..=0 => texts.text("ago.today").to_owned(),
        1 => texts.text("ago.yesterday").to_owned(),
        days => texts.with("ago.days", &[("count", &group_digits(days.unsigned_abs()))]),
    })
}
