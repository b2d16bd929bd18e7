//! The page of a subject, and the list of subjects of a type. `web/src/app/subjects/` renders the same.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use url::form_urlencoded;

use crate::domain::facts::{Fact, ReferenceColumn};
use crate::http::pages::components::{
    amount, commercial_use, date, fact, fact_value, group_digits, history, links, list, names, text,
};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::Page;

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

/// The page of a subject, without the data for its script.
pub fn page(texts: &Translations, page: &SubjectPage, subject: &Json) -> Page {
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
                h1 { (name) }
                @if !subject["commercialUse"].is_null() { p.badges { (commercial_use(texts, &subject["commercialUse"], &Json::Null)) } }
                @if let Some(lead) = lead { p.lead { (lead) } }
            }
            (facts(texts, page, subject))
            (terms(texts, subject))
            @if let Some(count) = count {
                section {
                    h2 { (texts.text("nav.models")) " " span.badge { (group_digits(count)) } }
                    @if !models.is_empty() { (model_table(texts, models)) }
                    @if let Some((_, name)) = filter {
                        p { a href={ "/?" (name) "=" (slug) } { (texts.text("subject.inCatalog")) } }
                    }
                }
            }
            (links(texts, list(&subject["links"])))
            (history(texts, page.subject, subject))
        }
    };
    let count = count.map(|count| texts.with("subject.models", &[("count", &group_digits(count))]));
    let description = [Some(name), count.as_deref(), lead].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Page { title: name.to_owned(), description, content, ..Page::default() }
}

fn facts(texts: &Translations, page: &SubjectPage, subject: &Json) -> Markup {
    // The commercial use is shown as a badge.
    let facts = page.facts.iter().filter(|fact| fact.name != "commercialUse");
    let facts = facts.map(|declared| (declared.name, fact_value(texts, declared, &subject[declared.name])));
    let references = page.references.iter().map(|reference| {
        let other = Some(&subject[reference.name]).filter(|other| !other.is_null());
        let path = reference.subject.plural();
        (reference.name, other.and_then(|other| names(texts, std::slice::from_ref(other), path)))
    });
    // Only sources have snapshots.
    let snapshots = subject.get("snapshots").map(|snapshots| ("snapshots", self::snapshots(texts, list(snapshots))));
    let aliases = Some(list(&subject["aliases"])).filter(|_| page.subject == SubjectType::License);
    let aliases = aliases.map(|aliases| ("aliases", words(texts, aliases)));
    let facts = aliases.into_iter().chain(facts).chain(references).chain(snapshots);
    let facts = facts.map(|(name, value)| fact(texts, &format!("fact.{}.{name}", page.subject.name()), value));
    let facts = facts.collect::<Vec<_>>();
    html! {
        @if !facts.is_empty() {
            dl.facts {
                @for fact in &facts { (fact) }
            }
        }
    }
}

/// Renders texts as a list in one line; `None` without any.
fn words(texts: &Translations, words: &[Json]) -> Option<Markup> {
    let words = words.iter().map(text).collect::<Vec<_>>().join(texts.text("list.comma"));
    (!words.is_empty()).then(|| html! { (words) })
}

/// Renders the terms of a license, each with its circumstances in words and the words of the license.
fn terms(texts: &Translations, license: &Json) -> Markup {
    let reviewed = match date(texts, &license["termsReviewed"]) {
        Some(date) => texts.with("terms.reviewed", &[("date", &date)]),
        None => texts.text("terms.notReviewed").to_owned(),
    };
    let terms = list(&license["terms"]);
    html! {
        @if !terms.is_empty() {
            section {
                h2 { (texts.text("fact.License.terms")) }
                ul.terms {
                    @for term in terms {
                        li {
                            strong { (texts.enum_text("TermEffect", &term["effect"])) }
                            ": " (circumstances(texts, &term["when"]))
                            @if let Some(quote) = term["quote"].as_str() { q { (quote) } }
                            @if let Some(note) = term["note"].as_str() { span.unit { (note) } }
                        }
                    }
                }
                p.unit { (reviewed) " " (texts.text("terms.notice")) }
            }
        }
    }
}

/// Returns the circumstances in which a term applies, in words.
fn circumstances(texts: &Translations, when: &Json) -> String {
    let flag = |name: &str| {
        let value = when[name].as_bool()?;
        Some(texts.text(&format!("terms.{name}.{value}")).to_owned())
    };
    let count = |name: &str, key: &str| {
        let count = amount(when[name].as_u64()?);
        Some(texts.with(key, &[("count", &count)]))
    };
    let period = format!("terms.revenue.{}", text(&when["revenuePeriod"]));
    let counted = date(texts, &when["countedOn"]).map(|date| texts.with("terms.countedOn", &[("date", &date)]));
    let places = list(&when["territories"]).iter().map(text).collect::<Vec<_>>().join(texts.text("list.comma"));
    let basis = when["territoryBasis"].as_str().map(|basis| format!("terms.territories.{basis}"));
    let basis = basis.as_deref().unwrap_or("terms.territories");
    let modality = when["modality"].as_str().map(|_| texts.enum_text("Modality", &when["modality"]));
    let circumstances = [
        flag("commercial"),
        count("monthlyUsersOver", "terms.monthlyUsers"),
        count("dailyUsersOver", "terms.dailyUsers"),
        count("revenueUsdOver", &period),
        counted,
        (!places.is_empty()).then(|| texts.with(basis, &[("places", &places)])),
        flag("hosting"),
        flag("trainsOnOutputs"),
        modality.map(|modality| texts.with("terms.modality", &[("modality", modality)])),
    ];
    let circumstances = circumstances.into_iter().flatten().collect::<Vec<_>>();
    if circumstances.is_empty() {
        return texts.text("terms.always").to_owned();
    }
    circumstances.join(texts.text("list.comma"))
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
        div.scroll tabindex="0" role="region" aria-label=(texts.text("nav.models")) {
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
                            td { (or_dash(date(texts, &model["releaseDate"]))) }
                        }
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
    after: Option<String>,
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
                form.search role="search" {
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
