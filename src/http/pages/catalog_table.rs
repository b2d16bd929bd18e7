//! The table of models.

use maud::{Markup, html};
use serde_json::{Value as Json, json};

use crate::domain::text::{letters_and_digits, normalize};
use crate::http::pages::catalog::Catalog;
use crate::http::pages::catalog_params::{COLUMNS, column_text};
use crate::http::pages::code_names::country_name;
use crate::http::pages::components::{
    amount, commercial_use, context_length, date, gibibytes, group_digits, list, names, page_address, span_of_sizes,
    text,
};
use crate::http::pages::hardware::Fit;
use crate::http::pages::i18n::Translations;

/// The maximum number of sizes in a row.
const MAX_SIZES: usize = 24;
/// The maximum number of makers and of other names in a row.
const MAX_MAKERS: usize = 2;
const MAX_ALIASES: usize = 2;
/// The number of columns that fit in the page; more of them scroll sideways.
const FITTING_COLUMNS: usize = 7;
/// The maximum number of links in a row.
const MAX_LINKS: usize = 3;
/// The number of colours of marks, as `catalog.css` has them.
const MARK_COLOURS: u32 = 12;

impl Catalog<'_> {
    /// Renders the table.
    pub fn table(&self, rows: &[Json]) -> Markup {
        let Self { texts, params, .. } = self;
        let columns = COLUMNS.iter().map(|(name, _)| *name).filter(|name| params.has_column(name)).collect::<Vec<_>>();
        // Sizes come after the maker, before all other columns.
        let after_maker = columns.iter().filter(|name| **name == "maker").count();
        html! {
            div.wide[columns.len() > FITTING_COLUMNS] {
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
                    tbody #first-model tabindex="-1" {
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
    }

    fn column_head(&self, column: &'static str) -> Markup {
        match column {
            "context" | "tokens" | "released" => self.head(column, column_text(column), column, true),
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
        let comma = texts.text("list.comma");
        let maker_names =
            makers.iter().take(MAX_MAKERS).map(|maker| text(&maker["name"])).collect::<Vec<_>>().join(comma);
        let aliases = aliases(model).join(comma);
        html! {
            td.choose { input type="checkbox" data-compare=(slug) data-name=(name) aria-label=(texts.with("compare.add", &[("name", name)])); }
            th.name scope="row" {
                div {
                    (mark(makers.first()))
                    a.whole href={ "/models/" (slug) } { (name) }
                    small {
                        @if model["kind"] == "DERIVED" { span.kind { (texts.enum_text("ModelKind", &model["kind"])) } " " }
                        span.by { (maker_names) }
                        @if !aliases.is_empty() { span.others { (aliases) } }
                    }
                }
            }
        }
    }

    /// Renders the sizes. Those that match the filters are marked, with the memory that they take.
    fn sizes(&self, model: &Json) -> Markup {
        let Self { texts, params, .. } = self;
        let (sizes, hardware) = (list(&model["sizes"]), params.hardware());
        let matching = list(&model["matching"]).iter().map(|size| &size["label"]).collect::<Vec<_>>();
        let chip = |size: &Json| {
            let fit = hardware.as_ref().map(|hardware| hardware.fit(&size["memory"]));
            let class = match (params.filters_sizes(), matching.contains(&&size["label"])) {
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
            "maker" => html! {
                (names(texts, &makers[..makers.len().min(MAX_MAKERS)], "organizations").unwrap_or_default())
                @if makers.len() > MAX_MAKERS { " +" (makers.len() - MAX_MAKERS) }
            },
            "active" => span_of_sizes(model, "activeParameters").unwrap_or_default(),
            "context" => {
                let own = || model["contextLength"].as_u64().map(|tokens| html! { (context_length(tokens)) });
                html! {
                    @if let Some(context) = span_of_sizes(model, "contextLength").or_else(own) {
                        (context) span.narrow { " " (texts.text("unit.context")) }
                    }
                }
            }
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

/// Returns the first other names of a model that differ from its name by more than punctuation and case.
fn aliases(model: &Json) -> Vec<&str> {
    let letters = |name: &str| letters_and_digits(&normalize(name));
    let mut known = vec![letters(text(&model["name"]))];
    let mut aliases = list(&model["aliases"]).iter().map(text).collect::<Vec<_>>();
    aliases.retain(|alias| {
        let letters = letters(alias);
        let is_new = !known.contains(&letters);
        known.push(letters);
        is_new
    });
    aliases.truncate(MAX_ALIASES);
    aliases
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
