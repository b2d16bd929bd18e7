//! The facts of a subject, with their evidence and, for editors, the way to edit them.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::{Value as Json, json};

use crate::http::pages::components::{field_label, text, unknown};
use crate::http::pages::evidence::Statements;
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::island;

/// The page of a subject: what its facts need to be shown with their evidence and edited in place.
pub struct Sheet<'a> {
    /// The translations.
    pub texts: &'a Translations,
    /// The type of the subject.
    pub subject_type: SubjectType,
    /// The slug of the subject.
    pub slug: &'a str,
    /// The evidence about its facts.
    pub statements: Statements<'a>,
}

impl<'a> Sheet<'a> {
    /// Returns the sheet of a subject.
    pub fn of(texts: &'a Translations, subject_type: SubjectType, subject: &'a Json) -> Self {
        // The evidence of a source is what rests on it, about other subjects.
        let evidence = if subject_type == SubjectType::Source { &Json::Null } else { &subject["evidence"] };
        let statements = Statements::of(texts, subject_type.name(), evidence);
        Self { texts, subject_type, slug: text(&subject["slug"]), statements }
    }

    /// Renders the value of a field with its evidence; editors can edit it in place.
    #[expect(clippy::needless_pass_by_value, reason = "callers make the value in place")]
    pub fn editable(&self, field: &str, value: Markup) -> Markup {
        let props = json!({ "type": self.subject_type.name(), "slug": self.slug, "field": field }).to_string();
        html! {
            div.editable data-key=(field) data-island="edit-field" data-props=(props) {
                div.value { (value) }
                (self.statements.mark(field))
            }
        }
    }

    /// Returns the name of a field.
    pub fn label(&self, field: &'a str) -> &'a str {
        field_label(self.texts, self.subject_type.name(), field)
    }

    /// Renders a fact with its name, "unknown" without a value, its evidence, and for editors a way to edit it.
    pub fn fact(&self, field: &'a str, value: Option<Markup>) -> Markup {
        self.fact_in(None, field, value)
    }

    /// Renders a fact as [`Self::fact`] does; without a value for editors alone.
    pub fn known_fact(&self, field: &'a str, value: Option<Markup>) -> Markup {
        self.fact_in(value.is_none().then_some("for-editors"), field, value)
    }

    fn fact_in(&self, class: Option<&str>, field: &'a str, value: Option<Markup>) -> Markup {
        html! {
            div class=[class] {
                dt { (self.label(field)) }
                dd { (self.editable(field, value.unwrap_or_else(|| unknown(self.texts)))) }
            }
        }
    }

    /// Renders a field without a name; without a value for editors alone, who can add it.
    pub fn optional(&self, class: &str, field: &str, value: Option<Markup>) -> Markup {
        html! {
            div class={ (class) (if value.is_none() { " for-editors" } else { "" }) } {
                (self.editable(field, value.unwrap_or_else(|| unknown(self.texts))))
            }
        }
    }

    /// Renders a section with a field; without a value for editors alone.
    pub fn section(&self, title: &str, field: &str, value: Option<Markup>) -> Markup {
        html! {
            section.for-editors[value.is_none()] {
                h2 { (self.texts.text(title)) }
                (self.editable(field, value.unwrap_or_else(|| unknown(self.texts))))
            }
        }
    }

    /// Renders the way to the form of the subject, for those who may change it or propose changes.
    pub fn edit_link(&self) -> Markup {
        island(
            "edit-link",
            &json!({ "address": format!("/{}/{}/edit", self.subject_type.plural(), self.slug) }),
            &html! {},
        )
    }
}
