//! The page of a subject, and the list of subjects of a type.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use url::form_urlencoded;

use crate::domain::facts::{Fact, ReferenceColumn};
use crate::http::pages::components::{
    amount, commercial_use, copy_button, date, fact_value, group_digits, links, list, names, scroll, text, words,
};
use crate::http::pages::evidence::evidence;
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::{Page, inline_island};
use crate::http::pages::revision::history;
use crate::http::pages::sheet::Sheet;
use crate::http::pages::terms::terms;

/// The pages of a subject type.
#[derive(Debug)]
pub struct SubjectPage {
    /// The subject type.
    pub subject: SubjectType,
    /// The facts of the subject type.
    pub facts: &'static [Fact],
    /// The references of the subject type to others.
    pub references: &'static [ReferenceColumn],
    /// The key of the plural in the texts.
    pub title: &'static str,
    /// The query of the page of a subject.
    pub query: &'static str,
    /// The query of the list.
    pub list_query: &'static str,
}

/// The page of a subject, without its query.
pub fn page(texts: &Translations, page: &SubjectPage, subject: &Json) -> Page {
    let sheet = Sheet::of(texts, page.subject, subject);
    let (name, slug) = (text(&subject["name"]), text(&subject["slug"]));
    let models = list(&subject["models"]["nodes"]);
    // Some subject types have no models.
    let count = subject["models"]["totalCount"].as_u64();
    let filter =
        [("license", "license"), ("organization", "maker")].into_iter().find(|(one, _)| *one == page.subject.table());
    let lead = subject["conditions"].as_str();
    let content = html! {
        article.page {
            header.subject {
                p.crumbs { a href={ "/" (page.subject.plural()) } { (texts.text(page.title)) } }
                (sheet.editable(if page.subject == SubjectType::Source { "title" } else { "name" }, html! { h1 { (name) } }))
                @if !subject["commercialUse"].is_null() {
                    div.badges { (sheet.editable("commercialUse", commercial_use(texts, &subject["commercialUse"], &Json::Null))) }
                }
                @if page.subject == SubjectType::License { (sheet.optional("lead", "conditions", lead.map(|lead| html! { p { (lead) } }))) }
                div.buttons { (sheet.edit_link()) (copy_button(texts, "copy.link", "")) }
            }
            (facts(&sheet, page, subject))
            @if page.subject == SubjectType::License {
                (sheet.section("fact.License.terms", "terms", (!list(&subject["terms"]).is_empty()).then(|| terms(texts, subject))))
            }
            @if let Some(count) = count {
                section {
                    h2 { (texts.text(if page.subject == SubjectType::Dataset { "dataset.models" } else { "nav.models" })) " " span.badge { (group_digits(count)) } }
                    @if !models.is_empty() { (scroll(texts.text("nav.models"), model_table(texts, models))) }
                    @if let Some((_, name)) = filter {
                        p { a href={ "/?" (name) "=" (slug) } { (texts.text("subject.inCatalog")) } }
                    }
                }
            }
            (sizes(texts, &subject["sizes"]))
            @if subject.get("links").is_some() { (sheet.section("fact.Model.links", "links", links(texts, list(&subject["links"])))) }
            (all_evidence(texts, page.subject, &subject["evidence"]))
            (history(texts, page.subject, subject))
        }
    };
    let count = count.map(|count| texts.with("subject.models", &[("count", &group_digits(count))]));
    let description = [Some(name), count.as_deref(), lead].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Page { title: name.to_owned(), description, content, ..Page::default() }
}

fn facts(sheet: &Sheet, page: &SubjectPage, subject: &Json) -> Markup {
    let texts = sheet.texts;
    // The commercial use is shown as a badge, the title of a source as the heading.
    let facts = page.facts.iter().filter(|fact| !["commercialUse", "title"].contains(&fact.name));
    let facts = facts.map(|declared| (declared.name, fact_value(texts, declared, &subject[declared.name])));
    let references = page.references.iter().map(|reference| {
        let other = Some(&subject[reference.name]).filter(|other| !other.is_null());
        let path = reference.subject.plural();
        (reference.name, other.and_then(|other| names(texts, std::slice::from_ref(other), path)))
    });
    // Only sources have snapshots, only licenses and organizations other names.
    let snapshots = subject.get("snapshots").map(|snapshots| ("snapshots", self::snapshots(texts, list(snapshots))));
    let aliases = subject.get("aliases").map(|aliases| ("aliases", words(texts, "aliases", list(aliases))));
    let facts = aliases.into_iter().chain(facts).chain(references).chain(snapshots).collect::<Vec<_>>();
    html! {
        @if !facts.is_empty() {
            dl.facts { @for (name, value) in facts { (sheet.fact(name, value)) } }
        }
    }
}

/// Renders the sizes that a license is the license of; nothing without any.
fn sizes(texts: &Translations, sizes: &Json) -> Markup {
    let nodes = list(&sizes["nodes"]);
    let mut models = Vec::<(&Json, Vec<&Json>)>::new();
    for size in nodes {
        match models.iter_mut().find(|(model, _)| model["slug"] == size["model"]["slug"]) {
            Some((_, of)) => of.push(size),
            None => models.push((&size["model"], vec![size])),
        }
    }
    let further = sizes["totalCount"].as_u64().unwrap_or_default().saturating_sub(nodes.len() as u64);
    html! {
        @if !models.is_empty() {
            section {
                h2 { (texts.text("license.ofSizes")) " " span.badge { (group_digits(sizes["totalCount"].as_u64().unwrap_or_default())) } }
                ul.subjects {
                    @for (model, sizes) in models {
                        li {
                            a href={ "/models/" (text(&model["slug"])) } { (text(&model["name"])) }
                            span.unit { @for size in sizes { span.chip { (text(&size["label"])) } " " } }
                        }
                    }
                }
                @if further > 0 { p.unit { "+" (further) } }
            }
        }
    }
}

/// Renders the evidence about a subject, or that a source gives about others.
fn all_evidence(texts: &Translations, subject: SubjectType, connection: &Json) -> Markup {
    let nodes = list(&connection["nodes"]);
    let further = connection["totalCount"].as_u64().unwrap_or_default().saturating_sub(nodes.len() as u64);
    let title = if subject == SubjectType::Source { "source.restsOn" } else { "evidence.title" };
    let rows = nodes.iter().map(|statement| match statement.get("about") {
        Some(about) => {
            let (place, type_name) = place(about);
            (Some(place), type_name, statement)
        }
        None => (None, subject.name(), statement),
    });
    evidence(texts, title, rows.collect(), further)
}

/// Renders what a statement is about as a link, and returns the type that has its field.
fn place(about: &Json) -> (Markup, &'static str) {
    let link = |path: &str, of: &Json| html! { a href={ "/" (path) "/" (text(&of["slug"])) } { (text(&of["name"])) } };
    match text(&about["__typename"]) {
        "ModelSize" => {
            (html! { (link("models", &about["model"])) " " span.chip { (text(&about["label"])) } }, "ModelSize")
        }
        "Checkpoint" => {
            (html! { (link("models", &about["model"])) " " small { (text(&about["repository"])) } }, "Checkpoint")
        }
        name => SubjectType::ALL.iter().find(|subject| subject.name() == name).map_or_else(
            || (Markup::default(), SubjectType::Model.name()),
            |subject| (link(subject.plural(), about), subject.name()),
        ),
    }
}

/// Renders the snapshots of a source, one per line; `None` without snapshots.
fn snapshots(texts: &Translations, snapshots: &[Json]) -> Option<Markup> {
    let line = |snapshot: &Json| {
        let other = |name: &str| snapshot[name].as_str().map(str::to_owned);
        let parts = [date(texts, &snapshot["accessed"]), other("revision"), other("hash")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    (!snapshots.is_empty()).then(|| html! { ul.plain { @for snapshot in snapshots { li { (line(snapshot)) } } } })
}

fn model_table(texts: &Translations, models: &[Json]) -> Markup {
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    html! {
            table.data {
                thead {
                    tr {
                        th scope="col" { (texts.text("fact.Model.name")) }
                        th scope="col" { (texts.text("fact.Model.sizes")) }
                        th.number scope="col" { (texts.text("fact.ModelSize.trainingTokens")) }
                        th scope="col" { (texts.text("filters.use")) }
                        th scope="col" { (texts.text("fact.Model.releaseDate")) }
                    }
                }
                tbody {
                    @for model in models {
                        tr {
                            th scope="row" { a href={ "/models/" (text(&model["slug"])) } { (text(&model["name"])) } }
                            td.chips { @for size in list(&model["sizes"]) { span.chip { (text(&size["label"])) } } }
                            td.number { (or_dash(model["maxTrainingTokens"].as_u64().map(amount))) }
                            td { (commercial_use(texts, &model["commercialUse"], &model["sizes"])) }
                            td.date { (or_dash(date(texts, &model["releaseDate"]))) }
                        }
                    }
                }
            }
    }
}

/// The parameters of a list in the address.
pub struct ListParams {
    /// The search words.
    search: String,
    /// The cursor before the page.
    pub after: Option<String>,
}

impl ListParams {
    /// Reads the query string of an address.
    pub fn read(query: &str) -> Self {
        let parameter = |key: &str| {
            let mut parameter =
                form_urlencoded::parse(query.as_bytes()).filter(|(name, value)| name == key && !value.is_empty());
            parameter.next().map(|(_, value)| value.into_owned())
        };
        Self {
            search: parameter("q").unwrap_or_default().trim().chars().take(200).collect(),
            after: parameter("after"),
        }
    }

    /// The variables of the query.
    pub fn variables(&self) -> Json {
        let mut variables = json!({ "search": self.search });
        if let Some(after) = &self.after {
            variables["after"] = after.as_str().into();
        }
        variables
    }

    /// The page with the response of the API.
    pub fn page(&self, texts: &Translations, page: &SubjectPage, found: &Json) -> Page {
        let title = texts.text(page.title);
        let subjects = list(&found["nodes"]);
        let next = found["pageInfo"]["endCursor"].as_str().filter(|_| found["pageInfo"]["hasNextPage"] == true);
        let models = |subject: &Json| {
            let count = subject["models"]["totalCount"].as_u64()?;
            Some(texts.with("subject.models", &[("count", &group_digits(count))]))
        };
        let content = html! {
            div.page {
                h1 { (title) span.badge { (group_digits(found["totalCount"].as_u64().unwrap_or_default())) } }
                form.search role="search" data-auto {
                    input type="search" name="q" value=(self.search) maxlength="200" aria-label=(texts.text("filters.find"))
                        placeholder=(texts.text("filters.find"));
                    noscript { button { (texts.text("catalog.submit")) } }
                }
                @if subjects.is_empty() { p.empty { (texts.text("subject.none")) } }
                ul.subjects {
                    @for subject in subjects {
                        li {
                            a href={ "/" (page.subject.plural()) "/" (text(&subject["slug"])) } { (text(&subject["name"])) }
                            @if !subject["commercialUse"].is_null() { (commercial_use(texts, &subject["commercialUse"], &Json::Null)) }
                            @if let Some(models) = models(subject) { span.unit { (models) } }
                        }
                    }
                }
                p.buttons {
                    @if self.after.is_some() { a.button href=(self.address(page, None)) { (texts.text("subject.first")) } }
                    @if next.is_some() { a.button rel="next" href=(self.address(page, next)) { (texts.text("subject.next")) } }
                    (inline_island("new-link", &json!({ "address": format!("/new/{}", page.subject.table()) })))
                }
            }
        };
        Page { title: title.to_owned(), content, ..Page::default() }
    }

    fn address(&self, page: &SubjectPage, after: Option<&str>) -> String {
        let search = Some(self.search.as_str()).filter(|search| !search.is_empty()).map(|search| ("q", search));
        let parameters = search.into_iter().chain(after.map(|after| ("after", after)));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        format!("/{}{}{query}", page.subject.plural(), if query.is_empty() { "" } else { "?" })
    }
}
