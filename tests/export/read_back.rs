//! What goes out can be read in again: readers take exports for what the catalog says.

use futures_util::TryStreamExt;
use libtest_mimic::Trial;
use open_llm_catalog::{
    catalog::{dataset::DatasetDocument, every::every, model::ModelDocument, organization::OrganizationDocument},
    exchange::{csv, markdown, statement::Statement},
};
use serde_json::{Value as Json, json};

use super::{file, save};
use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both: the_list_is_read_as_it_was, the_table_is_read_as_it_was]
}

/// A model with what the list does not have.
async fn add(app: &App) {
    let models = json!([{
        "slug": "noted", "name": "Noted", "kind": "DERIVED", "aliases": ["Another"], "organizations": ["nasa"], "commercialUse": "PROHIBITED",
        "datasets": ["the-pile"], "trainingFlops": 1.5e22, "summary": { "zh": "一，二；三" },
        "links": [{ "kind": "REPOSITORY", "url": "https://github.com/noted" }, { "kind": "PAPER", "url": "https://arxiv.org/abs/1" }],
        "sizes": [{ "label": "7B", "parameters": "7B" }, { "label": "30B-A3B", "parameters": "30B", "activeParameters": "3B" }],
    }, {
        "slug": "dated", "name": "Dated", "kind": "DERIVED", "position": 99, "releaseDate": "2023-07-18",
        "dataScale": { "text": "2T", "amount": "2T", "unit": "TOKENS" }, "commercialUse": "AUTHORIZATION_REQUIRED",
        "sizes": [{ "label": "7B", "parameters": "7B" }, { "label": "13B", "parameters": "13B" }],
    }]);
    save::<ModelDocument>(app, models).await;
}

/// What the catalog says of each model, with what it refers to by name, without `left_out`.
async fn expected(app: &App, left_out: &[&str]) -> Vec<Json> {
    let db = app.database.read();
    let organizations = every::<OrganizationDocument, _>(db).try_collect::<Vec<_>>().await.expect("they can be read");
    let datasets = every::<DatasetDocument, _>(db).try_collect::<Vec<_>>().await.expect("they can be read");
    let mut models = every::<ModelDocument, _>(db).try_collect::<Vec<_>>().await.expect("they can be read");
    models.sort_by_key(|model| model.name.clone());
    let models = models.into_iter().map(|model| {
        let names = model.organizations.iter().map(|slug| {
            let found = organizations.iter().find(|organization| organization.slug == *slug).expect("it is there");
            let english = found.localized_name.en.clone().filter(|_| left_out.contains(&"summary.zh"));
            english.unwrap_or_else(|| found.name.clone())
        });
        let names = names.collect::<Vec<_>>();
        let data = model.datasets.iter();
        let data =
            data.map(|slug| datasets.iter().find(|dataset| dataset.slug == *slug).expect("it is there").name.clone());
        let data = data.collect::<Vec<_>>();
        let mut json = json!(model);
        let fields = json.as_object_mut().expect("an object");
        for (field, names) in [("organizations", names), ("datasets", data)] {
            if fields.contains_key(field) && !left_out.contains(&"names") {
                fields.insert(field.to_owned(), json!(names));
            }
        }
        for field in left_out {
            fields.remove(*field);
        }
        // A summary in one language only is told in both lists.
        let summary = fields.get_mut("summary").and_then(Json::as_object_mut).filter(|texts| texts.len() == 2);
        if let (Some(summary), Some(other)) =
            (summary, left_out.iter().find_map(|field| field.strip_prefix("summary.")))
        {
            summary.remove(other);
        }
        json
    });
    models.collect()
}

fn read(entries: Vec<Result<Statement, impl std::fmt::Debug>>) -> Vec<Json> {
    let statements = entries.into_iter().map(|entry| entry.expect("every row can be read"));
    let mut models = Vec::new();
    for statement in statements {
        // The list's own doubt stays a doubt: an amount that says not of what.
        assert!(statement.warnings.iter().all(|warning| warning.raw == "3.15M"), "{statement:?}");
        if statement.subject == entity::vocabulary::SubjectType::Model {
            models.push(Json::Object(statement.fields));
        }
    }
    models.sort_by_key(|model| model["name"].as_str().expect("a name").to_owned());
    models
}

fn compare(found: &[Json], expected: &[Json]) {
    assert_eq!(found.len(), expected.len());
    let different = found.iter().zip(expected).filter(|(found, expected)| found != expected).collect::<Vec<_>>();
    assert_eq!(different, []);
}

async fn the_list_is_read_as_it_was(app: App) {
    add(&app).await;
    // The list names no slugs, licenses, architectures and bases, and has one language.
    for (language, other) in [("zh", "summary.en"), ("en", "summary.zh")] {
        let text = file(&app, &format!("/export/models.md?language={language}")).await;
        let left_out = ["slug", "license", "architecture", "baseModel", other];
        compare(&read(markdown::read(text.as_bytes())), &expected(&app, &left_out).await);
    }
}

async fn the_table_is_read_as_it_was(app: App) {
    add(&app).await;
    let formula = json!([{ "slug": "formula", "name": "=1+1", "kind": "DERIVED", "aliases": ["-x"], "summary": { "en": "@home" } }]);
    save::<ModelDocument>(&app, formula).await;
    let text = file(&app, "/export/models.csv").await;
    compare(&read(csv::read(text.as_bytes())), &expected(&app, &["names"]).await);
}
