//! The GraphQL documents of the attacks.

use std::fmt::Write;

use serde_json::{Value as Json, json};

use crate::generate::Random;

/// The word in the name of each model that the attacks ask for.
pub const WORD: &str = "zebra";

/// 4,900 aliases of a summary for each of 165 models.
pub fn aliases_of_summaries() -> String {
    let aliases = aliases(4_900, "summary");
    format!(
        "{{ a: models(search: {WORD:?} first: 100) {{ nodes {{ ...a }} }} \
         b: models(search: {WORD:?} last: 65) {{ nodes {{ ...a }} }} }} fragment a on Model {{ {aliases} }}"
    )
}

/// 6,000 aliases of the documents of 16 revisions.
pub fn aliases_of_changes() -> String {
    format!("{{ revisions(first: 16) {{ nodes {{ changes {{ {} }} }} }} }}", aliases(6_000, "after"))
}

/// Pages in pages below a search.
pub fn pages_below_search() -> String {
    format!(
        "{{ search(query: {WORD:?} first: 100) {{ nodes {{ ... on Model {{ slug organizations {{ models(first: 100) {{ nodes {{ \
         slug organizations {{ models(first: 100) {{ nodes {{ slug }} }} }} }} }} }} }} }} }} }}"
    )
}

/// The models derived from a model, and those derived from their base. `connection` for servers that page them.
pub fn derived_of_derived(connection: bool) -> String {
    if connection {
        "{ model(slug: \"zebra-0\") { derivedModels(first: 100) { nodes { slug baseModel { derivedModels(first: 100) { nodes { slug } } } } } } }"
            .into()
    } else {
        "{ model(slug: \"zebra-0\") { derivedModels { slug baseModel { derivedModels { slug } } } } }".into()
    }
}

/// 50 filters by the texts in `$x`.
pub fn filters_by_texts() -> String {
    let fields = (1..=50).fold(String::new(), |mut fields, first| {
        let _ =
            write!(fields, "f{first}: models(first: {first} where: {{ name: {{ in: $x }} }}) {{ nodes {{ slug }} }} ");
        fields
    });
    format!("query($x: [String!]) {{ {fields} }}")
}

/// 490 texts of 990 characters, others for each number.
pub fn texts(number: usize) -> Json {
    let mut random = Random::new(6, number);
    let mut text = || (0..990).map(|_| char::from(*random.pick(b"abcdefghijklmnop"))).collect::<String>();
    json!({ "x": (0..490).map(|_| text()).collect::<Vec<_>>() })
}

/// A page of a cost of about 1,100.
pub const PAGE: &str = "{ models(first: 100) { nodes { slug name sizes { label } } } }";

/// A variable of 1 MB that no operation declares.
pub fn undeclared_variable() -> Json {
    json!({ "a": vec![0; 500_000] })
}

/// 100 searches of the whole catalog, each counted. `number` makes the words, and so the cache keys, differ.
pub fn searches(number: usize) -> String {
    let fields = (0..100).fold(String::new(), |mut fields, field| {
        let _ = write!(fields, "a{field}: models(first: 1 search: \"e{number} {field}\") {{ totalCount }} ");
        fields
    });
    format!("{{ {fields} }}")
}

/// `count` times the facets of a filtered list, each of another.
pub fn facets(count: usize, number: usize) -> String {
    let fields = (0..count).fold(String::new(), |mut fields, field| {
        let name = number * 100 + field;
        let _ = write!(
            fields,
            "a{field}: models(first: 1 where: {{ name: {{ ne: \"{name}\" }} }}) {{ facets {{ kinds {{ count }} licenses {{ count }} \
             organizations {{ count }} releaseYears {{ count }} commercialUse {{ count }} }} }} "
        );
        fields
    });
    format!("{{ {fields} }}")
}

fn aliases(count: usize, field: &str) -> String {
    (0..count).fold(String::new(), |mut aliases, number| {
        let _ = write!(aliases, "a{number}:{field} ");
        aliases
    })
}
