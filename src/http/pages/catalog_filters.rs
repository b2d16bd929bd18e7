//! The filters of the catalog as a form, with the number of models for each value.

use maud::{Markup, html};
use serde_json::{Map, Value as Json, json};

use crate::http::pages::catalog_params::{CatalogParams, Group, KINDS, MODALITIES, USES, amount_of};
use crate::http::pages::code_names::{countries, country_name};
use crate::http::pages::components::{amount, commercial_use, context_length, group_digits, list, text};
use crate::http::pages::hardware::{DEFAULT_CONTEXT, DEFAULT_QUANTIZATION, DEVICES, Fit};
use crate::http::pages::i18n::Translations;

/// The values of a facet that are listed at first.
const INITIAL_VALUES: usize = 6;
/// The numbers of devices, formats of weights and lengths of contexts to choose from.
const DEVICE_COUNTS: [u32; 7] = [1, 2, 3, 4, 6, 8, 16];
const QUANTIZATIONS: [&str; 9] = ["BF16", "FP8", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "IQ4_XS", "Q3_K_M", "Q2_K"];
const CONTEXTS: [u32; 8] = [2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 1_048_576];
const RESERVES: [u32; 6] = [0, 5, 10, 15, 25, 50];
const TRAINED_CONTEXTS: [u32; 6] = [8000, 16_000, 32_000, 128_000, 256_000, 1_000_000];
/// The steps of sliders within a power of ten.
const STEPS: [f64; 8] = [1.0, 1.3, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0];

/// The number of models of each value of the filters.
pub struct Counts<'a> {
    /// The response with the counts; `None` if it takes longer than the rows. The form then has the values that are known
    /// without it, and the script asks for the rest.
    pub facets: Option<&'a Json>,
    /// The names of makers in the language of the page, by their slugs.
    pub names: &'a Map<String, Json>,
}

/// Returns the variables of the query of the counts. Each filter ignores its own choice, so that its other values have counts too.
pub fn variables(params: &CatalogParams) -> Json {
    let mut variables = json!({
        "search": params.search(), "withMemory": params.hardware().is_some(), "all": params.filter(None),
    });
    for (name, group) in [
        ("license", Group::License),
        ("maker", Group::Maker),
        ("country", Group::Country),
        ("modality", Group::Modality),
        ("purpose", Group::Purpose),
        ("kind", Group::Kind),
        ("year", Group::Year),
        ("size", Group::Size),
        ("tokens", Group::Tokens),
    ] {
        variables[name] = params.filter(Some(group));
    }
    for value in USES {
        variables[format!("use{value}")] = params.with("use", Some(value)).filter(None);
    }
    for fit in Fit::ALL {
        variables[format!("fit{}", fit.word())] = params.with("fit", Some(fit.word())).filter(None);
    }
    variables
}

impl Counts<'_> {
    /// Returns the number of models that match, if it is known.
    pub fn total(&self) -> Option<u64> {
        self.facets?["all"]["totalCount"].as_u64()
    }
}

/// Renders the form.
pub fn form(texts: &Translations, params: &CatalogParams, counts: &Counts<'_>) -> Markup {
    let count = params.count();
    let form = Form { texts, params, counts };
    let show = counts.total().map_or_else(
        || texts.text("filters.show").to_owned(),
        |total| texts.with("filters.showCount", &[("count", &group_digits(total))]),
    );
    html! {
        a.fold href="#filters" data-open-filters {
            (texts.text("filters.title")) @if count > 0 { " " span.badge { (count) } }
        }
        form.filters #filters action="/" data-auto data-pending[counts.facets.is_none()] aria-label=(texts.text("filters.title")) {
            div.clear {
                h2 { (texts.text("filters.title")) }
                @if count > 0 { a.text href={ "/" (params.only_view().query()) } data-keep-scroll { (texts.text("filters.clear")) } }
                a.close href="#results" aria-label=(texts.text("filters.close")) { "✕" }
            }
            @for name in ["sort", "dense"] {
                @if !params.first(name).is_empty() { input type="hidden" name=(name) value=(params.first(name)); }
            }
            @for column in params.all("columns") { input type="hidden" name="columns" value=(column); }
            div.fields {
                (form.permission())
                (form.hardware())
                (form.range("size", ["minSize", "maxSize"], [8, 12]))
                (form.context())
                (form.range("tokens", ["minTokens", "maxTokens"], [9, 13]))
                (form.dates())
                (form.facet("maker"))
                (form.facet("license"))
                (form.facet("country"))
                (form.facet("modality"))
                (form.facet("purpose"))
                (form.facet("kind"))
                (form.facet("year"))
            }
            p.apply { button.primary data-show { (show) } }
        }
    }
}

struct Form<'a> {
    texts: &'a Translations,
    params: &'a CatalogParams,
    counts: &'a Counts<'a>,
}

impl Form<'_> {
    fn total(&self, alias: &str) -> Option<u64> {
        self.counts.facets?[alias]["totalCount"].as_u64()
    }

    fn box_(&self, name: &str, value: &str, checked: bool, label: &Markup, count: Option<u64>) -> Markup {
        html! {
            label data-key={ (name) "-" (value) } {
                input type="checkbox" name=(name) value=(value) checked[checked];
                span.value { (label) }
                @if let Some(count) = count { span.count { (group_digits(count)) } }
            }
        }
    }

    /// Commercial use, in general or in the case of the reader.
    fn permission(&self) -> Markup {
        let Self { texts, params, .. } = self;
        let (uses, case) = (params.uses(), params.case());
        let field = |name: &'static str, control: Markup| {
            html! { label.field { span { (texts.text(&format!("case.{name}"))) } (control) } }
        };
        let number = |name: &'static str| {
            html! { input type="text" inputmode="numeric" name=(name) value=(params.first(name)) placeholder=(texts.text("case.amount")); }
        };
        let yes_or_no = |name: &'static str| {
            html! {
                select name=(name) {
                    option value="" { (texts.text("case.open")) }
                    @for value in ["yes", "no"] { option value=(value) selected[params.first(name) == value] { (texts.text(value)) } }
                }
            }
        };
        let mut countries = countries().map(|code| (country_name(code, texts.api), code)).collect::<Vec<_>>();
        countries.sort_unstable();
        let territory = params.first("territory");
        html! {
            fieldset.facet {
                legend { (texts.text(if case.is_some() { "case.title" } else { "filters.use" })) }
                @for value in USES {
                    (self.box_("use", value, uses.contains(&value), &commercial_use(texts, &value.into(), &Json::Null), self.total(&format!("use{value}"))))
                }
                details.case open[case.is_some()] {
                    summary { (texts.text("case.ask")) }
                    (field("users", number("users")))
                    (field("revenue", number("revenue")))
                    (field("territory", html! {
                        select name="territory" {
                            option value="" { (texts.text("case.open")) }
                            option value="EU" selected[territory == "EU"] { (texts.text("case.eu")) }
                            @for (name, code) in &countries { option value=(code) selected[territory == *code] { (name) } }
                        }
                    }))
                    (field("hosting", yes_or_no("hosting")))
                    (field("outputs", yes_or_no("outputs")))
                }
            }
        }
    }

    /// The device, or its memory, and how it is used.
    fn hardware(&self) -> Markup {
        let Self { texts, params, .. } = self;
        let hardware = params.hardware();
        let device = hardware.as_ref().and_then(|hardware| hardware.device);
        let select = |name: &'static str, options: Markup| {
            html! { label.field { span { (texts.text(&format!("hardware.{name}"))) } select name=(name) { (options) } } }
        };
        let chosen = params.first("quantization");
        let mut quantizations = QUANTIZATIONS.to_vec();
        if !chosen.is_empty() && !quantizations.contains(&chosen) {
            quantizations.push(chosen);
        }
        let mut contexts = CONTEXTS.to_vec();
        if !contexts.contains(&params.context()) {
            contexts.push(params.context());
        }
        let reserve = params.first("reserve");
        html! {
            fieldset.hardware {
                legend { (texts.text("hardware.title")) }
                (select("gpu", html! {
                    option value="" { (texts.text("hardware.any")) }
                    @for group in &*DEVICES {
                        optgroup label=(group.name) {
                            @for each in &group.devices {
                                option value=(each.slug) selected[device.is_some_and(|device| device.slug == each.slug)] { (each.name) " · " (each.gib) " GB" }
                            }
                        }
                    }
                }))
                @if device.is_some() {
                    (select("gpus", html! {
                        @for count in DEVICE_COUNTS {
                            option value=(if count == 1 { String::new() } else { count.to_string() }) selected[params.first("gpus") == count.to_string()] { (count) }
                        }
                    }))
                } @else {
                    label.field {
                        span { (texts.text("hardware.memory")) }
                        input type="text" inputmode="numeric" name="memory" value=(params.first("memory")) placeholder="24";
                    }
                }
                @if hardware.is_some() {
                    div.pair {
                        (select("quantization", html! {
                            @for name in quantizations {
                                option value=(if name == DEFAULT_QUANTIZATION { "" } else { name }) selected[params.quantization() == name] { (name) }
                            }
                        }))
                        (select("context", html! {
                            @for tokens in contexts {
                                option value=(if tokens == DEFAULT_CONTEXT { String::new() } else { tokens.to_string() }) selected[params.context() == tokens] { (context_length(tokens.into())) }
                            }
                        }))
                    }
                    (select("reserve", html! {
                        option value="" { (texts.text("hardware.usual")) }
                        @for percent in RESERVES { option value=(percent) selected[reserve == percent.to_string()] { (percent) " %" } }
                    }))
                    @for fit in Fit::ALL {
                        (self.box_("fit", fit.word(), params.fits().contains(&fit), &html! { span class={ "fit " (fit.word().to_lowercase()) } { (texts.text(&format!("fit.{}", fit.word()))) } }, self.total(&format!("fit{}", fit.word()))))
                    }
                }
            }
        }
    }

    /// A range with typed limits, two sliders that scripts move them by, and a histogram.
    fn range(&self, name: &'static str, [min, max]: [&'static str; 2], powers: [u32; 2]) -> Markup {
        let Self { texts, params, .. } = self;
        let title = texts.text(if name == "size" { "filters.size" } else { "filters.tokens" });
        let ticks = ticks(powers);
        let last = ticks.len() - 1;
        let [low, high] = [min, max].map(|name| amount_of(params.first(name)));
        let nearest = |amount: u64| {
            let distance = |tick: &u64| ((*tick as f64).ln() - (amount.max(1) as f64).ln()).abs();
            (0..ticks.len()).min_by(|a, b| distance(&ticks[*a]).total_cmp(&distance(&ticks[*b]))).unwrap_or(0)
        };
        let places = [low.map_or(0, nearest), high.map_or(last, nearest)];
        let labels = ticks.iter().map(|tick| amount(*tick)).collect::<Vec<_>>().join(" ");
        let text = match (low, high) {
            (None, None) => texts.text("range.any").to_owned(),
            (None, Some(to)) => texts.with("range.upTo", &[("to", &amount(to))]),
            (Some(from), None) => texts.with("range.above", &[("from", &amount(from))]),
            (Some(from), Some(to)) => texts.with("range.between", &[("from", &amount(from)), ("to", &amount(to))]),
        };
        let sides = [("range.from", min, places[0]), ("range.to", max, places[1])];
        let examples = if name == "size" { ["1B", "70B"] } else { ["1T", "15T"] };
        html! {
            fieldset.range data-ticks=(labels) {
                legend { (title) }
                output { (text) }
                (self.histogram(name, [ticks[0], ticks[last]], [low.unwrap_or(0), high.unwrap_or(u64::MAX)]))
                div.sliders {
                    @for (key, field, place) in sides {
                        input type="range" min="0" max=(last) value=(place) data-of=(field) aria-label=(texts.with(key, &[("name", title)]))
                            aria-valuetext=(Some(params.first(field)).filter(|amount| !amount.is_empty()).unwrap_or(texts.text("range.none")));
                    }
                }
                div.limits {
                    @for (index, (key, field, _)) in sides.into_iter().enumerate() {
                        @if index > 0 { span aria-hidden="true" { "–" } }
                        input type="text" name=(field) value=(params.first(field)) maxlength="20" autocomplete="off"
                            placeholder=(examples[index]) aria-label=(texts.with(key, &[("name", title)]));
                    }
                }
            }
        }
    }

    fn histogram(&self, name: &str, [from, to]: [u64; 2], [low, high]: [u64; 2]) -> Markup {
        let values = self.counts.facets.map(|facets| list(&facets[name]["facets"]["values"])).unwrap_or_default();
        let mut bars = values
            .iter()
            .filter_map(|facet| Some((text(&facet["value"]).parse::<u64>().ok()?, facet["count"].as_f64()?)))
            .collect::<Vec<_>>();
        bars.sort_unstable_by_key(|(bound, _)| *bound);
        let highest = bars.iter().map(|(_, count)| *count).fold(1.0, f64::max);
        let place = |amount: u64| {
            let logarithm = |amount: u64| (amount.clamp(from, to) as f64).log10();
            (logarithm(amount) - logarithm(from)) / (logarithm(to) - logarithm(from)) * 100.0
        };
        html! {
            svg.histogram viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true" {
                @for (index, (bound, count)) in bars.iter().enumerate() {
                    @let next = bars.get(index + 1).map_or_else(|| bound.saturating_mul(3), |(next, _)| *next);
                    @let (left, right, height) = (place(*bound), place(next), count / highest * 28.0);
                    rect.inside[*bound >= low / 2 && *bound < high] x=(format!("{left:.1}")) width=(format!("{:.1}", (right - left - 0.8).max(0.0)))
                        y=(format!("{:.1}", 28.0 - height)) height=(format!("{height:.1}")) {}
                }
            }
        }
    }

    fn context(&self) -> Markup {
        let Self { texts, params, .. } = self;
        let chosen = params.first("minContext");
        let mut values = TRAINED_CONTEXTS.to_vec();
        values.extend(chosen.parse::<u32>().ok().filter(|chosen| !TRAINED_CONTEXTS.contains(chosen)));
        html! {
            label.field {
                span { (texts.text("filters.context")) }
                select name="minContext" {
                    option value="" { (texts.text("range.any")) }
                    @for tokens in values {
                        option value=(tokens) selected[chosen == tokens.to_string()] { (texts.with("range.above", &[("from", &context_length(tokens.into()))])) }
                    }
                }
            }
        }
    }

    fn dates(&self) -> Markup {
        let Self { texts, params, .. } = self;
        html! {
            fieldset.dates {
                legend { (texts.text("filters.date")) }
                div.limits {
                    @for (index, (name, key)) in [("since", "filters.since"), ("until", "filters.until")].into_iter().enumerate() {
                        @if index > 0 { span aria-hidden="true" { "–" } }
                        input type="text" name=(name) value=(params.first(name)) maxlength="10" autocomplete="off" placeholder="2024-05" aria-label=(texts.text(key));
                    }
                }
            }
        }
    }

    /// A filter by values, those with most models first.
    fn facet(&self, name: &'static str) -> Markup {
        let Self { texts, params, .. } = self;
        let selected = params.all(name);
        let counted = self.counts.facets.map(|facets| list(&facets[name]["facets"]["values"])).unwrap_or_default();
        let mut values = counted
            .iter()
            .map(|facet| (text(&facet["value"]), text(&facet["label"]), facet["count"].as_u64()))
            .collect::<Vec<_>>();
        if self.counts.facets.is_none() {
            let known: &[&str] = match name {
                "modality" => &MODALITIES,
                "kind" => &KINDS,
                _ => &[],
            };
            values.extend(known.iter().map(|value| (*value, *value, None)));
        }
        // Chosen values are listed even if no model has them, so that they can be removed.
        for value in &selected {
            if !values.iter().any(|(known, ..)| known == value) {
                values.push((value, value, self.counts.facets.map(|_| 0)));
            }
        }
        if name == "year" {
            values.sort_unstable_by(|a, b| b.0.cmp(a.0));
        }
        let (first, rest): (Vec<_>, Vec<_>) = values
            .into_iter()
            .enumerate()
            .partition(|(index, (value, ..))| *index < INITIAL_VALUES || selected.contains(value));
        let one = |(value, label, count): (&str, &str, Option<u64>)| {
            self.box_(name, value, selected.contains(&value), &html! { (self.label(name, value, label)) }, count)
        };
        let more = rest.len();
        html! {
            @if !first.is_empty() {
                fieldset.facet data-key=(name) {
                    legend { (texts.text(&format!("filters.{name}"))) }
                    @for (_, facet) in first { (one(facet)) }
                    @if more > 0 {
                        details {
                            summary { (texts.with("filters.more", &[("count", &group_digits(more as u64))])) }
                            @for (_, facet) in rest { (one(facet)) }
                        }
                    }
                }
            }
        }
    }

    /// Returns the label of a value in the language of the page.
    fn label<'a>(&'a self, name: &str, value: &'a str, label: &'a str) -> &'a str {
        let texts = self.texts;
        match name {
            "maker" => self.counts.names.get(value).and_then(Json::as_str).unwrap_or(label),
            "country" => country_name(value, texts.api),
            "modality" => texts.find(&format!("Modality.{value}")).unwrap_or(label),
            "purpose" => texts.find(&format!("Purpose.{value}")).unwrap_or(label),
            "kind" => texts.find(&format!("ModelKind.{value}")).unwrap_or(label),
            _ => label,
        }
    }
}

/// Returns the places of a slider between two powers of ten.
fn ticks([from, to]: [u32; 2]) -> Vec<u64> {
    let of = |power: u32| STEPS.map(|step| (step * 10_f64.powi(power as i32)).round() as u64);
    (from..to).flat_map(of).chain([10_u64.pow(to)]).collect()
}
