//! The result of a tool: the data of a response, without unknown facts, with the addresses of pages.

use serde_json::{Map, Value as Json};
use url::Url;

/// The most characters of a text. The rest is on the page of the subject.
const MAX_TEXT: usize = 400;

/// The lists and objects of subjects, and the folder of the pages of these.
const FOLDERS: [(&str, &str); 4] =
    [("model", "models"), ("models", "models"), ("license", "licenses"), ("licenses", "licenses")];

/// Returns the data of a response in few bytes: null, empty lists and the levels of connections are left out.
pub fn brief(data: Json, base: &Url) -> Json {
    value(data, None, base).unwrap_or_else(|| Json::Object(Map::new()))
}

/// `folder`: that of the pages, in an object of a subject.
fn value(one: Json, folder: Option<&str>, base: &Url) -> Option<Json> {
    match one {
        Json::Null => None,
        Json::String(text) if text.chars().count() > MAX_TEXT => {
            Some(text.chars().take(MAX_TEXT).chain(['…']).collect::<String>().into())
        }
        Json::Array(values) => {
            let values = values.into_iter().filter_map(|one| value(one, folder, base)).collect::<Vec<_>>();
            (!values.is_empty()).then_some(Json::Array(values))
        }
        Json::Object(mut fields) => {
            if fields.len() == 1
                && let Some(nodes) = fields.remove("nodes")
            {
                return value(nodes, folder, base);
            }
            let slug = fields.get("slug").and_then(Json::as_str);
            let page = folder.zip(slug).and_then(|(folder, slug)| base.join(&format!("{folder}/{slug}")).ok());
            let mut kept = Map::new();
            for (name, field) in fields {
                let own = FOLDERS.iter().find(|(key, _)| *key == name).map(|(_, folder)| *folder);
                let inherited = folder.filter(|_| name == "nodes");
                if let Some(field) = value(field, own.or(inherited), base) {
                    kept.insert(name, field);
                }
            }
            if let Some(page) = page {
                kept.insert("page".to_owned(), page.as_str().into());
            }
            (!kept.is_empty()).then_some(Json::Object(kept))
        }
        other => Some(other),
    }
}
