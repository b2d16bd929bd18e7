//! The page of the catalog: what it is, the filters and the table of models.

use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde_json::{Value as Json, json};

use crate::http::pages::catalog_filters::{self, Counts};
use crate::http::pages::catalog_params::{COLUMNS, CatalogParams, country_name};
use crate::http::pages::components::{
    amount, commercial_use, context_length, date, format_time, gibibytes, group_digits, list, names, page_address, text,
};
use crate::http::pages::hardware::Fit;
use crate::http::pages::i18n::Translations;

/// The maximum number of sizes in a row.
const MAX_SIZES: usize = 24;
/// The maximum number of links in a row.
const MAX_LINKS: usize = 3;
/// The number of colours of marks, as `catalog.css` has them.
const MARK_COLOURS: u32 = 12;

/// The content of the page.
pub struct Catalog<'a> {
    /// The translations.
    pub texts: &'a Translations,
    /// The parameters.
    pub params: &'a CatalogParams,
    /// The response with the rows.
    pub rows: &'a Json,
    /// The response with the state of the catalog; null if it could not be had.
    pub state: &'a Json,
    /// The number of models of each value of the filters.
    pub counts: Counts<'a>,
}

impl Catalog<'_> {
    /// Renders the page.
    pub fn page(&self) -> Markup {
        let Self { texts, params, .. } = self;
        html! {
            div.catalog data-island="catalog" {
                a.skip href="#results" { (texts.text("catalog.skip")) }
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
        let Self { texts, state, .. } = self;
        let Some(models) = state["catalog"]["counts"]["models"].as_u64() else { return html! {} };
        let unsourced = state["unsourced"]["totalCount"].as_u64().unwrap_or_default();
        let key = if unsourced == 0 { "catalog.state" } else { "catalog.stateUnsourced" };
        let values = [("count", group_digits(models)), ("unsourced", group_digits(unsourced))];
        let values = values.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>();
        let updated = &state["catalog"]["updatedAt"];
        let Some(when) = ago(texts, updated) else { return html! {} };
        html! {
            span.state {
                (texts.with(key, &values))
                time datetime=(text(updated)) title=(format_time(texts, updated)) { (when) }
                (texts.text("list.stop"))
            }
        }
    }

    fn results(&self) -> Markup {
        let Self { texts, params, .. } = self;
        let rows = list(&self.rows["nodes"]);
        let page_info = &self.rows["pageInfo"];
        let next = page_info["endCursor"].as_str().filter(|_| page_info["hasNextPage"] == true);
        html! {
            (self.above())
            @if let Some(hardware) = params.hardware() { p.assumptions data-gib=(hardware.gib) { (hardware.assumptions(texts)) } }
            @if params.case().is_some() { p.assumptions { (texts.text("case.notice")) } }
            @if rows.is_empty() {
                div.empty {
                    p { (texts.text("catalog.none")) }
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
            }
        }
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

    /// Renders what has counts: the form, and what is above the table.
    pub fn with_counts(&self) -> Markup {
        html! { (catalog_filters::form(self.texts, self.params, &self.counts)) (self.above()) }
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

    fn table(&self, rows: &[Json]) -> Markup {
        let Self { texts, params, .. } = self;
        let columns = COLUMNS.iter().map(|(name, _)| *name).filter(|name| params.has_column(name)).collect::<Vec<_>>();
        // Sizes come after the maker, before all other columns.
        let after_maker = columns.iter().filter(|name| **name == "maker").count();
        html! {
            table.models.dense[params.first("dense") == "1"] aria-label=(texts.text("catalog.table")) {
                thead {
                    tr {
                        th.choose scope="col" { span.hidden { (texts.text("compare.choose")) } }
                        (self.head("name", "fact.Model.name", "name", false))
                        @for name in &columns[..after_maker] { (self.column_head(name)) }
                        (self.head("size", "fact.Model.sizes", "size", true))
                        @for name in &columns[after_maker..] { (self.column_head(name)) }
                    }
                }
                tbody {
                    @for model in rows {
                        tr.row data-key=(text(&model["slug"])) {
                            (self.name(model))
                            @for name in &columns[..after_maker] { (self.cell(name, model)) }
                            (self.sizes(model))
                            @for name in &columns[after_maker..] { (self.cell(name, model)) }
                        }
                    }
                }
            }
        }
    }

    fn column_head(&self, column: &'static str) -> Markup {
        match column {
            "tokens" | "released" => self.head(column, column_text(column), column, true),
            _ => html! { th class=(column) scope="col" { (self.texts.text(column_text(column))) } },
        }
    }

    /// Renders the head of a column by which rows can be sorted, as a link to the next order.
    fn head(&self, class: &'static str, key: &'static str, order: &'static str, descending_first: bool) -> Markup {
        let sort = match self.params.first("sort") {
            "" if self.params.search().is_empty() => "-released",
            sort => sort,
        };
        let descending = sort.strip_prefix('-') == Some(order);
        let sorted = descending || sort == order;
        let next = match (sorted, descending) {
            (true, true) => order.to_owned(),
            (false, _) if !descending_first => order.to_owned(),
            _ => format!("-{order}"),
        };
        let (state, arrow) = match (sorted, descending) {
            (false, _) => (None, "↕"),
            (true, true) => (Some("descending"), "↓"),
            (true, false) => (Some("ascending"), "↑"),
        };
        let address = self.params.at_the_start().with("sort", Some(next.as_str()).filter(|next| *next != "-released"));
        html! {
            th class=(class) scope="col" aria-sort=[state] {
                a href={ "/" (address.query()) } data-keep-scroll data-key=(order) {
                    (self.texts.text(key)) " " span.arrow aria-hidden="true" { (arrow) }
                }
            }
        }
    }

    fn name(&self, model: &Json) -> Markup {
        let (texts, makers) = (self.texts, list(&model["organizations"]));
        let (slug, name) = (text(&model["slug"]), text(&model["name"]));
        let maker_names =
            makers.iter().map(|maker| text(&maker["name"])).collect::<Vec<_>>().join(texts.text("list.comma"));
        let aliases = list(&model["aliases"]).iter().map(text).collect::<Vec<_>>().join(texts.text("list.comma"));
        html! {
            td.choose { input type="checkbox" data-compare=(slug) aria-label=(texts.with("compare.add", &[("name", name)])); }
            th.name scope="row" {
                div {
                    (mark(makers.first()))
                    a.whole href={ "/models/" (slug) } { (name) }
                    small {
                        @if model["kind"] == "DERIVED" { span.kind { (texts.enum_text("ModelKind", &model["kind"])) } " " }
                        span.by { (maker_names) " " }
                        (aliases)
                    }
                }
            }
        }
    }

    /// Renders the sizes. Those that match the filters are marked, with the memory that they take.
    fn sizes(&self, model: &Json) -> Markup {
        let Self { texts, params, .. } = self;
        let (sizes, hardware) = (list(&model["sizes"]), params.hardware());
        let chip = |size: &Json| {
            let fit = hardware.as_ref().map(|hardware| hardware.fit(&size["memory"]));
            let class = match (params.filters_sizes(), params.matches(size, model)) {
                (false, _) => "",
                (true, true) => " lit",
                (true, false) => " dim",
            };
            html! {
                span class={ "chip" (class) @if let Some(fit) = fit { " " (fit.word().to_lowercase()) } } {
                    (text(&size["label"]))
                    @if let Some(fit) = fit.filter(|fit| *fit != Fit::No) {
                        " " span.memory { (gibibytes(&size["memory"]).unwrap_or_default()) }
                        span.hidden { " " (texts.text(&format!("fit.{}", fit.word()))) }
                    }
                }
                " "
            }
        };
        html! {
            td.size {
                @for size in sizes.iter().take(MAX_SIZES) { (chip(size)) }
                @if sizes.len() > MAX_SIZES { span.more { "+" (sizes.len() - MAX_SIZES) } }
            }
        }
    }

    fn cell(&self, column: &'static str, model: &Json) -> Markup {
        let texts = self.texts;
        let makers = list(&model["organizations"]);
        let content = match column {
            "maker" => names(texts, makers, "organizations").unwrap_or_default(),
            "active" => span_of_sizes(model, "activeParameters"),
            "context" => match span_of_sizes(model, "contextLength") {
                empty if empty.0.is_empty() => {
                    html! { @if let Some(tokens) = model["contextLength"].as_u64() { (context_length(tokens)) } }
                }
                span => span,
            },
            "tokens" => html! {
                @if let Some(tokens) = model["maxTrainingTokens"].as_u64() {
                    (amount(tokens)) " " span.unit { (texts.text("unit.tokens")) }
                } @else { (text(&model["dataScale"]["text"])) }
            },
            "license" => self.license(model),
            "released" => {
                html! { @if let Some(day) = date(texts, &model["releaseDate"]) { time datetime=(text(&model["releaseDate"])) { (day) } } }
            }
            "country" => {
                let mut codes = makers.iter().filter_map(|maker| maker["country"].as_str()).collect::<Vec<_>>();
                codes.dedup();
                let names = codes.iter().map(|code| country_name(code, texts.api)).collect::<Vec<_>>();
                html! { (names.join(texts.text("list.comma"))) }
            }
            "modality" => html! { (modalities(texts, model)) },
            "checkpoints" => {
                html! { @if let Some(count) = model["checkpoints"]["totalCount"].as_u64().filter(|count| *count > 0) { (group_digits(count)) } }
            }
            _ => html! {
                @for link in list(&model["links"]).iter().take(MAX_LINKS) {
                    @if let Some(url) = page_address(&link["url"]) {
                        a.link href=(url) rel="noreferrer" target="_blank"
                            aria-label=(texts.with("link.of", &[("kind", texts.enum_text("LinkKind", &link["kind"])), ("name", text(&model["name"]))])) {
                            (texts.enum_text("LinkKind", &link["kind"]))
                        }
                        " "
                    }
                }
            },
        };
        html! { td class=(column) { (content) } }
    }

    /// Renders whether a model may be used, in general or in the case of the reader, and its licenses.
    fn license(&self, model: &Json) -> Markup {
        let (texts, sizes, licenses) = (self.texts, list(&model["sizes"]), list(&model["licenses"]));
        let answers = sizes.iter().map(|size| match self.params.case() {
            Some(_) => json!({ "label": size["label"], "commercialUse": size["use"]["verdict"] }),
            None => json!({ "label": size["label"], "commercialUse": size["commercialUse"] }),
        });
        let answers = answers.collect::<Vec<_>>();
        let value = match answers.split_first() {
            None => model["commercialUse"].clone(),
            Some((first, rest)) if rest.iter().all(|other| other["commercialUse"] == first["commercialUse"]) => {
                first["commercialUse"].clone()
            }
            Some(_) => "VARIES".into(),
        };
        html! {
            (commercial_use(texts, &value, &answers.into()))
            @if let Some(first) = licenses.first() {
                small {
                    a href={ "/licenses/" (text(&first["slug"])) } { (text(&first["name"])) }
                    @if licenses.len() > 1 { " +" (licenses.len() - 1) }
                }
            }
        }
    }
}

/// Returns the text with the name of a column.
pub fn column_text(column: &str) -> &'static str {
    match column {
        "maker" => "fact.Model.organizations",
        "active" => "columns.active",
        "context" => "columns.context",
        "tokens" => "fact.Model.dataScale",
        "license" => "fact.Model.license",
        "released" => "fact.Model.releaseDate",
        "country" => "fact.Organization.country",
        "modality" => "columns.modality",
        "checkpoints" => "columns.checkpoints",
        _ => "fact.Model.links",
    }
}

/// Renders the smallest and the largest value that sizes have: "3B–22B".
fn span_of_sizes(model: &Json, field: &str) -> Markup {
    let format = if field == "contextLength" { context_length } else { amount };
    let values = list(&model["sizes"]).iter().filter_map(|size| size[field].as_u64()).collect::<Vec<_>>();
    let (Some(least), Some(most)) = (values.iter().min(), values.iter().max()) else { return html! {} };
    html! { (format(*least)) @if format(*least) != format(*most) { "–" (format(*most)) } }
}

fn modalities(texts: &Translations, model: &Json) -> String {
    let sizes = list(&model["sizes"]).iter().map(|size| &size["modalities"]);
    let known = sizes.chain([&model["modalities"]]).find(|modalities| !modalities.is_null());
    let side = |known: &Json, name: &str| {
        let names = list(&known[name]).iter().map(|modality| texts.enum_text("Modality", modality));
        names.collect::<Vec<_>>().join(texts.text("list.comma"))
    };
    known.map_or_else(String::new, |known| format!("{} → {}", side(known, "input"), side(known, "output")))
}

/// Renders the initials of a maker on a colour of its own, which distinguishes rows.
fn mark(maker: Option<&Json>) -> Markup {
    let Some(maker) = maker else { return html! { span.mark.none aria-hidden="true" {} } };
    let colour = text(&maker["slug"]).bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    html! { span class={ "mark m" (colour % MARK_COLOURS) } aria-hidden="true" { (initials(text(&maker["name"]))) } }
}

/// Returns one or two letters of a name: those of its first two words, or the first two of its only word. A Chinese
/// character says enough.
fn initials(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let mut letters = first.chars();
    match (letters.next(), words.next().and_then(|word| word.chars().next())) {
        (None, _) => String::new(),
        (Some(letter), _) if !letter.is_ascii() => letter.to_string(),
        (Some(letter), Some(next)) => format!("{letter}{next}").to_uppercase(),
        (Some(letter), None) => letter.to_uppercase().chain(letters.next()).collect(),
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
