//! JSON Schemas (2020-12) of documents, for editors and for programs that read exports.

use entity::vocabulary::SubjectType;
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value as Json, json};

use crate::domain::subject::with_document;

/// Returns the schema of any document. `$defs` contains the schema of each type and that of an exported catalog.
pub fn documents() -> Json {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut any = Vec::new();
    let mut catalog =
        json!({ "revision": { "description": "The number of the last revision.", "type": "integer", "minimum": 0 } });
    for subject in SubjectType::referenced_first() {
        let schema = with_document!(subject, D => generator.subschema_for::<D>());
        catalog[subject.plural()] =
            json!({ "description": format!("Every {}.", subject.name()), "type": "array", "items": schema });
        any.push(schema);
    }
    let required = catalog.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>());
    let mut definitions = generator.take_definitions(true);
    let catalog = json!({
        "description": "An exported catalog: all subjects, or the selected ones and the subjects that they refer to.",
        "type": "object",
        "properties": catalog,
        "required": required,
        "additionalProperties": false,
    });
    definitions.insert("Catalog".to_owned(), catalog);
    // Not oneOf: a document with only a slug and a name matches several types.
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Document",
        "description": "The complete state of one subject of the catalog. The value of an absent field is unknown.",
        "anyOf": any,
        "$defs": definitions,
    })
}

/// Returns the schema of documents of one type, without references: TOML editors do not accept a fragment in a schema URL.
pub fn document(subject: SubjectType) -> Json {
    with_document!(subject, D => inline::<D>())
}

fn inline<D: JsonSchema>() -> Json {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<D>().to_value()
}
