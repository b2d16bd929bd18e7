//! The comparison of models side by side.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use url::form_urlencoded;

use crate::domain::facts::Facts;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::http::pages::components::{
    amount, commercial_use, date, distinct_of_sizes, fact_of_model, gibibytes, list, names, scroll, text, unknown,
    words,
};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::Page;

/// How many models can be compared.
const MAX_MODELS: usize = 5;

/// The models of a comparison and how they are shown, from the address.
pub struct Comparison {
    slugs: Vec<String>,
    only_different: bool,
    search: String,
}

impl Comparison {
    /// Reads the query string of an address.
    pub fn read(query: &str) -> Self {
        let parameter = |key: &str| {
            let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == key);
            values.next().map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        let mut slugs = Vec::new();
        for slug in parameter("models").split(',').filter(|slug| !slug.is_empty() && slug.len() <= 200) {
            if slugs.len() < MAX_MODELS && !slugs.iter().any(|known| known == slug) {
                slugs.push(slug.to_owned());
            }
        }
        let search = parameter("find").trim().chars().take(200).collect();
        Self { slugs, only_different: parameter("only") == "different", search }
    }

    /// Returns the variables of the query.
    pub fn variables(&self) -> Json {
        json!({ "slugs": self.slugs })
    }

    /// Returns the variables of the query that finds models to add; none without a search.
    pub fn find(&self) -> Option<Json> {
        (!self.search.is_empty() && self.slugs.len() < MAX_MODELS).then(|| json!({ "search": self.search }))
    }

    /// Renders the page with the models of the address and those that the search found.
    pub fn page(&self, texts: &Translations, data: &Json, found: &Json) -> Page {
        let all = list(&data["models"]["nodes"]);
        let models = self.slugs.iter().filter_map(|slug| all.iter().find(|model| model["slug"] == slug.as_str()));
        let models = models.collect::<Vec<_>>();
        let unknown = self.slugs.iter().filter(|slug| all.iter().all(|model| model["slug"] != slug.as_str()));
        let unknown = unknown.map(String::as_str).collect::<Vec<_>>().join(", ");
        let title = texts.text("compare.title");
        let most = MAX_MODELS.to_string();
        let content = html! {
            div.page.wide {
                h1 { (title) }
                div.above {
                    @if self.slugs.len() < MAX_MODELS { (self.finder(texts, list(&found["models"]["nodes"]))) }
                    @else { p { (texts.with("compare.full", &[("most", &most)])) } }
                    @if models.len() > 1 { (self.switch(texts)) }
                }
                @if !unknown.is_empty() { p { (texts.with("compare.notFound", &[("slugs", &unknown)])) } }
                @if models.is_empty() { p.empty { (texts.text("compare.none")) } }
                @else { (scroll(title, self.table(texts, &models))) }
            }
        };
        Page { title: title.to_owned(), content, ..Page::default() }
    }

    fn address(&self, slugs: &[&str]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.only_different {
            query.append_pair("only", "different");
        }
        let query = query.finish();
        let models = slugs.join(",");
        match (models.is_empty(), query.is_empty()) {
            (true, _) => "/compare".to_owned(),
            (false, true) => format!("/compare?models={models}"),
            (false, false) => format!("/compare?models={models}&{query}"),
        }
    }

    fn hidden(&self) -> Markup {
        html! { @if !self.slugs.is_empty() { input type="hidden" name="models" value=(self.slugs.join(",")); } }
    }

    /// Renders a search for models, and the models that it found as links that add them.
    fn finder(&self, texts: &Translations, found: &[Json]) -> Markup {
        let slugs = self.slugs.iter().map(String::as_str).collect::<Vec<_>>();
        let makers = |model: &Json| {
            let makers = list(&model["organizations"]).iter().map(|maker| text(&maker["name"]));
            makers.collect::<Vec<_>>().join(texts.text("list.comma"))
        };
        html! {
            form.finder role="search" data-auto {
                (self.hidden())
                @if self.only_different { input type="hidden" name="only" value="different"; }
                input type="search" name="find" value=(self.search) maxlength="200" autocomplete="off"
                    placeholder=(texts.text("compare.find")) aria-label=(texts.text("compare.find"));
                noscript { button { (texts.text("catalog.submit")) } }
                @if !self.search.is_empty() {
                    ul aria-label=(texts.text("compare.found")) {
                        @for model in found.iter().filter(|model| !slugs.contains(&text(&model["slug"]))) {
                            @let with = slugs.iter().copied().chain([text(&model["slug"])]).collect::<Vec<_>>();
                            li { a href=(self.address(&with)) data-keep-scroll { (text(&model["name"])) " " span.unit { (makers(model)) } } }
                        }
                        @if found.is_empty() { li.unit { (texts.text("catalog.none")) } }
                    }
                }
            }
        }
    }

    fn switch(&self, texts: &Translations) -> Markup {
        html! {
            form data-auto {
                (self.hidden())
                label.check {
                    input type="checkbox" name="only" value="different" checked[self.only_different];
                    " " (texts.text("compare.onlyDifferent"))
                }
                noscript { button { (texts.text("sizes.show")) } }
            }
        }
    }

    fn table(&self, texts: &Translations, models: &[&Json]) -> Markup {
        let rows = rows(texts, models);
        // A row where nothing is known is left out; unknown is no difference.
        let rows = rows.iter().filter(|row| row.cells.iter().any(|(key, _)| !key.is_empty()));
        let rows = rows.filter(|row| row.differs() || !self.only_different).collect::<Vec<_>>();
        let slugs = models.iter().map(|model| text(&model["slug"])).collect::<Vec<_>>();
        let without = |slug: &str| slugs.iter().copied().filter(|other| *other != slug).collect::<Vec<_>>();
        html! {
            table.compare {
                thead {
                    tr {
                        td {}
                        @for model in models {
                            @let (slug, name) = (text(&model["slug"]), text(&model["name"]));
                            th scope="col" {
                                a href={ "/models/" (slug) } { (name) } " "
                                a.remove href=(self.address(&without(slug))) data-keep-scroll aria-label=(texts.with("compare.removeNamed", &[("name", name)])) { "✕" }
                            }
                        }
                    }
                }
                tbody {
                    @for row in rows {
                        tr.differs[row.differs()] {
                            th scope="row" {
                                (row.name)
                                @if row.differs() { span.mark title=(texts.text("compare.differs")) { span aria-hidden="true" { "≠" } span.hidden { (texts.text("compare.differs")) } } }
                            }
                            @for (key, cell) in &row.cells {
                                td { @if key.is_empty() { (unknown(texts)) } @else { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A row of the comparison: for each model a text that is the same for the same value and empty if it is unknown, and the cell.
struct Row {
    name: String,
    cells: Vec<(String, Markup)>,
}

impl Row {
    /// Returns whether two known values differ.
    fn differs(&self) -> bool {
        let mut known = self.cells.iter().map(|(key, _)| key).filter(|key| !key.is_empty());
        let first = known.next();
        known.any(|key| Some(key) != first)
    }
}

/// The facts of models that have a row in a fixed place, or none. A row for any other fact follows.
const PLACED: [&str; 6] = ["commercialUse", "kind", "position", "releaseDate", "trainingFlops", "contextLength"];
/// The facts of sizes that have no row of their own: those of a row above, and those that describe the inside of a model.
const PLACED_SIZE: [&str; 10] = [
    "parameters",
    "activeParameters",
    "trainingTokens",
    "parametersBasis",
    "trainingTokensBasis",
    "commercialUse",
    "layers",
    "hiddenSize",
    "attentionHeads",
    "vocabularySize",
];

fn rows(texts: &Translations, models: &[&Json]) -> Vec<Row> {
    let row = |key: &str, cell: &dyn Fn(&Json) -> Option<(String, Markup)>| Row {
        name: texts.text(key).to_owned(),
        cells: models.iter().map(|model| cell(model).unwrap_or_default()).collect(),
    };
    let plain = |text: Option<String>| text.map(|text| (text.clone(), html! { (text) }));
    let references = |value: &Json, path: &str| {
        let all = if value.is_array() {
            list(value).to_vec()
        } else if value.is_null() {
            vec![]
        } else {
            vec![value.clone()]
        };
        let mut slugs = all.iter().map(|one| text(&one["slug"]).to_owned()).collect::<Vec<_>>();
        slugs.sort_unstable();
        Some((slugs.join(","), names(texts, &all, path)?))
    };
    let declared = ModelDocument::FACTS.iter();
    let fact = |name: &str| {
        let fact = declared.clone().find(|fact| fact.name == name);
        row(&format!("fact.Model.{name}"), &|model| {
            let value = fact_of_model(texts, fact?, model)?;
            Some((value.0.clone(), value))
        })
    };
    let texts_of = |name: &str| {
        row(&format!("fact.Model.{name}"), &|model| {
            Some((model[name].to_string(), words(texts, name, list(&model[name]))?))
        })
    };
    // The least that one of the sizes takes.
    let memory = |key: &str, format: &str| {
        row(key, &|model| {
            let sizes = list(&model["sizes"]).iter().map(|size| &size[format]);
            let least =
                sizes.filter(|memory| memory["total"].is_u64()).min_by_key(|memory| memory["total"].as_u64())?;
            plain(gibibytes(least))
        })
    };
    let mut rows = vec![
        row("fact.Model.commercialUse", &|model| {
            let key = text(&model["commercialUse"]);
            let uses = list(&model["sizes"]).iter().map(|size| text(&size["commercialUse"])).collect::<Vec<_>>();
            let key = if key == "VARIES" { uses.join(",") } else { key.to_owned() };
            Some((key, commercial_use(texts, &model["commercialUse"], &model["sizes"])))
                .filter(|(key, _)| key != "UNKNOWN")
        }),
        row("fact.Model.license", &|model| references(&model["licenses"], "licenses")),
        row("fact.Model.organizations", &|model| references(&model["organizations"], "organizations")),
        row("fact.Model.releaseDate", &|model| plain(date(texts, &model["releaseDate"]))),
        row("fact.Model.sizes", &|model| {
            let labels = list(&model["sizes"]).iter().map(|size| text(&size["label"])).collect::<Vec<_>>();
            let chips = html! { @for label in &labels { span.chip { (label) } " " } };
            Some((labels.join(","), chips)).filter(|_| !labels.is_empty())
        }),
        row("fact.ModelSize.activeParameters", &|model| {
            let active =
                list(&model["sizes"]).iter().filter_map(|size| Some(amount(size["activeParameters"].as_u64()?)));
            let active = active.collect::<Vec<_>>().join(texts.text("list.comma"));
            plain(Some(active).filter(|active| !active.is_empty()))
        }),
        fact("contextLength"),
        memory("compare.smallest", "q4"),
        memory("compare.smallest16", "bf16"),
        row("fact.Model.dataScale", &|model| {
            let tokens = model["maxTrainingTokens"].as_u64();
            let tokens = tokens.map(|tokens| texts.with("amount.tokens", &[("count", &amount(tokens))]));
            plain(tokens.or_else(|| model["dataScale"]["text"].as_str().map(str::to_owned)))
        }),
        row("fact.Model.datasets", &|model| {
            let datasets = list(&model["training"]).iter().map(|data| data["dataset"].clone()).collect::<Vec<_>>();
            references(&Json::Array(datasets), "datasets")
        }),
        row("fact.Model.baseModel", &|model| {
            let bases = list(&model["bases"]).iter().map(|base| base["model"].clone()).collect::<Vec<_>>();
            references(&Json::Array(bases), "models")
        }),
        row("fact.Model.architecture", &|model| references(&model["architecture"], "architectures")),
        fact("kind"),
    ];
    rows.extend(["languages", "purposes"].map(texts_of));
    rows.extend(declared.clone().filter(|fact| !PLACED.contains(&fact.name)).map(|declared| fact(declared.name)));
    rows.push(fact("trainingFlops"));
    // The row of the model has the facts that sizes inherit.
    let own = SizeDocument::FACTS
        .iter()
        .filter(|fact| !PLACED_SIZE.contains(&fact.name) && !fact.inherited && fact.default.is_none());
    rows.extend(own.map(|declared| {
        row(&format!("fact.ModelSize.{}", declared.name), &|model| {
            let value = distinct_of_sizes(texts, declared, model)?;
            Some((value.0.clone(), value))
        })
    }));
    rows
}
