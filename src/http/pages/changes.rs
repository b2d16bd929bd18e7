//! The page of changes, and that of one change. A script fetches the page of changes again as new ones are committed.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use url::form_urlencoded;

use crate::http::pages::changes_between;
use crate::http::pages::changes_between::{End, state, subject, subject_type};
use crate::http::pages::components::{list, text};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::{Page, inline_island};
use crate::http::pages::revision::revision;
use crate::http::pages::revision_params::RevisionParams;

/// The filter of changes in the address.
pub struct Changes {
    revisions: RevisionParams,
    before: Option<String>,
    /// The ends of a period, as the reader writes them; empty without one.
    from: String,
    to: String,
    after: Option<i32>,
}

impl Changes {
    /// Reads the query string of an address.
    pub fn read(query: &str) -> Self {
        let parameter = |key: &str| {
            let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == key);
            values.next().map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        let kind = parameter("type");
        Self {
            revisions: RevisionParams {
                kind: SubjectType::ALL.iter().copied().find(|subject| subject.word() == kind),
                subject: parameter("subject"),
                actor: parameter("actor"),
            },
            before: Some(parameter("before")).filter(|before| !before.is_empty()),
            from: parameter("from"),
            to: parameter("to"),
            after: parameter("after").parse().ok(),
        }
    }

    /// Returns the variables of the query of the changes between two states; none if the address has no valid one.
    pub fn between(&self) -> Option<Json> {
        let from = state(self.from.trim(), End::From)?;
        let to = state(self.to.trim(), End::To);
        Some(json!({ "from": from, "to": to, "where": self.revisions.filter(), "after": self.after }))
    }

    /// Returns the variables of the query of revisions.
    pub fn variables(&self) -> Json {
        let mut variables = json!({ "where": self.revisions.filter() });
        if let Some(before) = &self.before {
            variables["before"] = before.as_str().into();
        }
        variables
    }

    /// Renders the page with the response of the API.
    pub fn page(&self, texts: &Translations, data: &Json) -> Page {
        let title = texts.text("changes.title");
        let between = self.between().is_some();
        let field = |name: &'static str, key: &'static str, value: &str| {
            html! { label.sub { span { (texts.text(key)) } input type="search" name=(name) value=(value); } }
        };
        let date = |name: &'static str, key: &'static str, value: &str| {
            html! { label.sub { span { (texts.text(key)) } input type="text" name=(name) value=(value) placeholder="2026-01"; } }
        };
        let feed = |path: &str| format!("{path}{}", self.address(&[]).trim_start_matches("/changes"));
        let content = html! {
            div.page {
                h1 { (title) }
                p.above {
                    @if self.before.is_none() && !between { (inline_island("live", &json!({ "after": data["catalog"]["revision"] }))) }
                    @if !between {
                        a href=(feed("/feed.atom")) { (texts.text("changes.feed")) } " · "
                        a href=(feed("/feed.json")) { "JSON Feed" }
                    }
                }
                form.line role="search" data-auto {
                    label.sub {
                        span { (texts.text("changes.type")) }
                        select name="type" {
                            option value="" { (texts.text("changes.all")) }
                            @for kind in SubjectType::ALL {
                                option value=(kind.word()) selected[self.revisions.kind == Some(*kind)] { (texts.enum_text("SubjectType", &kind.word().into())) }
                            }
                        }
                    }
                    (field("subject", "changes.subject", &self.revisions.subject))
                    (field("actor", "changes.actor", &self.revisions.actor))
                    (date("from", "changes.from", &self.from))
                    (date("to", "changes.to", &self.to))
                    noscript { button { (texts.text("catalog.submit")) } }
                }
                @if between {
                    (changes_between::content(texts, data, |after| self.address(&[("after", after)])))
                } @else { (self.revisions(texts, data)) }
            }
        };
        Page { title: title.to_owned(), content, ..Page::default() }
    }

    fn revisions(&self, texts: &Translations, data: &Json) -> Markup {
        let found = &data["revisions"];
        let revisions = list(&found["nodes"]);
        let older = found["pageInfo"]["startCursor"].as_str().filter(|_| found["pageInfo"]["hasPreviousPage"] == true);
        html! {
            ol.revisions {
                @for each in revisions.iter().rev() { (change_of(texts, each, false)) }
            }
            @if revisions.is_empty() { p.empty { (texts.text("changes.none")) } }
            p.buttons {
                @if self.before.is_some() { a.button href=(self.address(&[])) { (texts.text("changes.newest")) } }
                @if let Some(older) = older { a.button rel="next" href=(self.address(&[("before", older)])) { (texts.text("changes.older")) } }
            }
        }
    }

    /// Returns the address with the same filters and further parameters.
    fn address(&self, further: &[(&str, &str)]) -> String {
        let period = [("from", self.from.as_str()), ("to", &self.to)];
        let parameters = self
            .revisions
            .pairs()
            .into_iter()
            .chain(period)
            .chain(further.iter().copied())
            .filter(|(_, value)| !value.is_empty());
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        format!("/changes{}{query}", if query.is_empty() { "" } else { "?" })
    }
}

/// Returns the variables of the query of one change.
pub fn variables_of(number: i32) -> Json {
    json!({ "where": { "number": { "eq": number } } })
}

/// Renders the page of one change with the response of the API; `None` if there is no such change.
pub fn page_of(texts: &Translations, number: i32, data: &Json) -> Option<Page> {
    let change = list(&data["revisions"]["nodes"]).first()?;
    let title = texts.with("changes.one", &[("number", &number.to_string())]);
    let content = html! {
        div.page {
            h1 { (title) }
            ol.revisions { (change_of(texts, change, true)) }
            p.buttons { a.button href="/changes" { (texts.text("changes.back")) } }
        }
    };
    Some(Page { title, canonical: Some(format!("/changes/{number}")), content, ..Page::default() })
}

fn change_of(texts: &Translations, change: &Json, whole: bool) -> Markup {
    let subject = subject(texts, change);
    revision(texts, subject_type(change), text(&change["subject"]["name"]), change, Some(subject), whole)
}
