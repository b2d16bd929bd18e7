//! Pagination: in every order, the pages put together are the whole list, each row once, equally on both databases.

use std::cmp::Ordering;

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::store::change::Change;
use proptest::{prelude::*, strategy::ValueTree};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        every_order_pages_through_all_models,
        random_orders_page_through_random_catalogs,
        every_order_pages_through_sizes_and_datasets,
        subjects_are_ordered_by_the_number_of_their_models,
        cursors_of_deleted_rows_stay_valid,
    ]
}

/// One key of an order.
#[derive(Clone, Copy, Debug)]
struct Key {
    field: &'static str,
    descending: bool,
    nulls_first: bool,
}

/// The fields that models are ordered by, each with the field that holds its value.
const FIELDS: [(&str, &str); 8] = [
    ("POSITION", "position"),
    ("NAME", "name"),
    ("RELEASE_DATE", "releaseDate"),
    ("MAX_PARAMETERS", "maxParameters"),
    ("MAX_TRAINING_TOKENS", "maxTrainingTokens"),
    ("MAX_CONTEXT_LENGTH", "maxContextLength"),
    ("CREATED_AT", "createdAt"),
    ("UPDATED_AT", "updatedAt"),
];

impl Key {
    fn json(self) -> Json {
        json!({
            "field": self.field,
            "direction": if self.descending { "DESC" } else { "ASC" },
            "nulls": if self.nulls_first { "FIRST" } else { "LAST" },
        })
    }

    /// The documented order, computed without a database.
    fn compare(self, one: &Json, other: &Json) -> Ordering {
        let (_, name) = FIELDS.iter().find(|(field, _)| *field == self.field).expect("a field");
        let known = match (&one[name], &other[name]) {
            (Json::Null, Json::Null) => return Ordering::Equal,
            (Json::Null, _) => {
                return if self.nulls_first { Ordering::Less } else { Ordering::Greater };
            }
            (_, Json::Null) => {
                return if self.nulls_first { Ordering::Greater } else { Ordering::Less };
            }
            (Json::Number(one), Json::Number(other)) => one.as_i64().cmp(&other.as_i64()),
            (one, other) => text(one).to_lowercase().cmp(&text(other).to_lowercase()),
        };
        if self.descending { known.reverse() } else { known }
    }
}

fn text(value: &Json) -> &str {
    value.as_str().expect("text")
}

/// The slugs of models that are in the order of their ids, in the order of `keys`.
fn sorted(models: &[Json], keys: &[Key]) -> Vec<String> {
    let mut rows = models.iter().enumerate().collect::<Vec<_>>();
    let last_descends = keys.last().is_some_and(|key| key.descending);
    rows.sort_by(|(one_id, one), (other_id, other)| {
        let ties = if last_descends { other_id.cmp(one_id) } else { one_id.cmp(other_id) };
        keys.iter().map(|key| key.compare(one, other)).fold(Ordering::Equal, Ordering::then).then(ties)
    });
    rows.into_iter().map(|(_, row)| text(&row["slug"]).to_owned()).collect()
}

/// Reads a list page by page, from its start or from its end, and checks what each page says of its surroundings.
async fn read(app: &App, keys: &[Key], prefix: &str, size: usize, backward: bool) -> Vec<String> {
    let query = "query ($first: Int, $after: String, $last: Int, $before: String, $order: [ModelOrder!], $prefix: String) {
        models(first: $first, after: $after, last: $last, before: $before, orderBy: $order, where: { slug: { startsWith: $prefix } }) {
            totalCount edges { cursor node { slug } } nodes { slug }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let order = Json::from_iter(keys.iter().map(|key| key.json()));
    let mut cursor = Json::Null;
    let mut pages = Vec::<Vec<String>>::new();
    loop {
        let mut variables = json!({ "order": order, "prefix": prefix });
        let (count, bound) = if backward { ("last", "before") } else { ("first", "after") };
        variables[count] = json!(size);
        variables[bound] = cursor.clone();
        let mut data = app.data_with(query, variables).await;
        let models = data["models"].take();
        let edges = models["edges"].as_array().expect("a list");
        assert!(edges.len() <= size, "a page of {size} has {} rows", edges.len());
        assert_eq!(Json::from_iter(edges.iter().map(|edge| edge["node"].clone())), models["nodes"]);
        let (start, end) = (edges.first().map(|edge| &edge["cursor"]), edges.last().map(|edge| &edge["cursor"]));
        let info = &models["pageInfo"];
        assert_eq!(
            (start, end),
            (Some(&info["startCursor"]).filter(|c| !c.is_null()), Some(&info["endCursor"]).filter(|c| !c.is_null()))
        );
        let (ahead, behind) =
            if backward { ("hasPreviousPage", "hasNextPage") } else { ("hasNextPage", "hasPreviousPage") };
        assert_eq!(info[behind], json!(!pages.is_empty()), "{behind} on page {}", pages.len());
        pages.push(edges.iter().map(|edge| text(&edge["node"]["slug"]).to_owned()).collect());
        let seen = pages.iter().map(Vec::len).sum::<usize>();
        let total = models["totalCount"].as_u64().expect("a count");
        assert_eq!(info[ahead], json!((seen as u64) < total), "{ahead} after {seen} of {total}");
        if info[ahead] == false {
            break;
        }
        cursor = info[if backward { "startCursor" } else { "endCursor" }].clone();
    }
    if backward {
        pages.reverse();
    }
    pages.concat()
}

/// Models in the order of their ids.
async fn all(app: &App, prefix: &str) -> Vec<Json> {
    let fields = FIELDS.map(|(_, name)| name).join(" ");
    let query = format!(
        "{{ models(first: 100, where: {{ slug: {{ startsWith: \"{prefix}\" }} }}, orderBy: [{{ field: CREATED_AT }}]) {{ nodes {{ slug {fields} }} }} }}"
    );
    let mut data = app.data(&query).await;
    serde_json::from_value(data["models"]["nodes"].take()).expect("a list")
}

async fn every_order_pages_through_all_models(app: App) {
    let models = all(&app, "").await;
    assert_eq!(models.len(), 31);
    for (field, _) in FIELDS {
        for (descending, nulls_first) in [(false, false), (false, true), (true, false), (true, true)] {
            let keys = [Key { field, descending, nulls_first }];
            let expected = sorted(&models, &keys);
            assert_eq!(read(&app, &keys, "", 3, false).await, expected, "{keys:?} forward");
            assert_eq!(read(&app, &keys, "", 3, true).await, expected, "{keys:?} backward");
        }
    }
}

async fn random_orders_page_through_random_catalogs(app: App) {
    let few = |most: i64| proptest::option::weighted(0.7, 1..=most);
    let model = (few(3), few(3), few(3), few(3), 0..3_usize);
    let field = proptest::sample::subsequence(FIELDS.map(|(field, _)| field).to_vec(), 1..=3).prop_shuffle();
    let case = (proptest::collection::vec(model, 0..14), field, any::<[bool; 3]>(), any::<[bool; 3]>(), 1..=5_usize);
    let mut runner = runner();
    let names = ["b", "A", "千"];
    for number in 0..24 {
        let (models, fields, descending, nulls_first, size) = case.new_tree(&mut runner).expect("a case").current();
        let prefix = format!("case-{number}-");
        let mut change = Change::begin(&app.database, "test").await.expect("no other connection writes");
        for (index, (position, day, billions, tokens, name)) in models.iter().enumerate() {
            let mut document =
                json!({ "slug": format!("{prefix}{index}"), "name": names[*name], "kind": "FOUNDATION" });
            document["position"] = json!(position);
            document["releaseDate"] = json!(day.map(|day| format!("2023-07-0{day}")));
            document["dataScale"] =
                json!(tokens.map(|tokens| json!({ "text": "some", "amount": tokens, "unit": "TOKENS" })));
            document["sizes"] = Json::from_iter(
                billions.map(|billions| json!({ "label": "some", "parameters": format!("{billions}B") })),
            );
            let document = serde_json::from_value::<ModelDocument>(document).expect("a document");
            change.save(&document).await.expect("it can be saved");
        }
        change.commit().await.expect("it can be committed");

        let keys = fields.iter().enumerate().map(|(index, field)| Key {
            field,
            descending: descending[index],
            nulls_first: nulls_first[index],
        });
        let keys = keys.collect::<Vec<_>>();
        let rows = all(&app, &prefix).await;
        assert_eq!(rows.len(), models.len());
        let expected = sorted(&rows, &keys);
        assert_eq!(read(&app, &keys, &prefix, size, false).await, expected, "{keys:?} by {size} forward of {models:?}");
        assert_eq!(read(&app, &keys, &prefix, size, true).await, expected, "{keys:?} by {size} backward of {models:?}");
    }
}

async fn every_order_pages_through_sizes_and_datasets(app: App) {
    let lists = [
        ("sizes", "ModelSizeOrder", &["PARAMETERS", "TRAINING_TOKENS", "CONTEXT_LENGTH", "RELEASE_DATE"][..], 55),
        ("datasets", "DatasetOrder", &["NAME", "TOKENS", "BYTES", "CREATED_AT", "UPDATED_AT", "MODEL_COUNT"][..], 2),
        ("licenses", "LicenseOrder", &["NAME", "CREATED_AT", "UPDATED_AT", "MODEL_COUNT"][..], 5),
        ("organizations", "OrganizationOrder", &["NAME", "CREATED_AT", "UPDATED_AT", "MODEL_COUNT"][..], 4),
        ("architectures", "ArchitectureOrder", &["NAME", "CREATED_AT", "UPDATED_AT", "MODEL_COUNT"][..], 2),
    ];
    for (list, order, fields, count) in lists {
        let query = format!(
            "query ($after: String, $order: [{order}!], $first: Int!) {{
               list: {list}(first: $first, after: $after, orderBy: $order) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        for field in fields {
            for (direction, nulls) in [("ASC", "LAST"), ("ASC", "FIRST"), ("DESC", "LAST"), ("DESC", "FIRST")] {
                let order = json!([{ "field": field, "direction": direction, "nulls": nulls }]);
                let whole = app.data_with(&query, json!({ "order": order, "first": 100 })).await;
                let whole = whole["list"]["nodes"].as_array().expect("a list").clone();
                assert_eq!(whole.len(), count, "{list}");
                let (mut paged, mut after) = (Vec::new(), Json::Null);
                loop {
                    let page = app.data_with(&query, json!({ "order": order, "first": 2, "after": after })).await;
                    paged.extend(page["list"]["nodes"].as_array().expect("a list").clone());
                    after = page["list"]["pageInfo"]["endCursor"].clone();
                    if page["list"]["pageInfo"]["hasNextPage"] == false {
                        break;
                    }
                }
                assert_eq!(paged, whole, "{list} by {field} {direction} {nulls}");
            }
        }
    }
}

async fn cursors_of_deleted_rows_stay_valid(app: App) {
    let page = "{ models(first: 3, orderBy: [{ field: NAME }]) { nodes { slug } pageInfo { endCursor } } }";
    let data = app.data(page).await;
    assert_eq!(data["models"]["nodes"], json!([{ "slug": "alpaca" }, { "slug": "aquila" }, { "slug": "aquila2" }]));
    // Aquila2 moves to the end of the alphabet; a cursor of it stays at its old position.
    let mut change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    let renamed = json!({ "slug": "aquila2", "name": "Zebra", "kind": "FOUNDATION" });
    let renamed = serde_json::from_value::<ModelDocument>(renamed).expect("a document");
    change.save(&renamed).await.expect("it can be saved");
    change.commit().await.expect("it can be committed");
    let next = app
        .data_with(
            "query ($after: String) { models(first: 2, after: $after, orderBy: [{ field: NAME }]) { nodes { slug } pageInfo { hasPreviousPage } } }",
            json!({ "after": data["models"]["pageInfo"]["endCursor"] }),
        )
        .await;
    assert_eq!(next["models"]["nodes"], json!([{ "slug": "baichuan-2" }, { "slug": "bloom" }]));
    assert_eq!(next["models"]["pageInfo"]["hasPreviousPage"], true);
}

async fn subjects_are_ordered_by_the_number_of_their_models(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor
        .data("mutation { updateModel(input: { slug: \"qwen\", architecture: { slug: \"llama\" } }) { revision } }")
        .await;
    for list in ["licenses", "organizations", "datasets", "architectures"] {
        for direction in ["ASC", "DESC"] {
            let order = format!("orderBy: [{{ field: MODEL_COUNT, direction: {direction} }}]");
            let query = format!("{{ {list}({order}) {{ nodes {{ models {{ totalCount }} }} }} }}");
            let counts = app.column(&query, &format!("/{list}/nodes"), "models").await;
            let counts = counts.iter().map(|models| models["totalCount"].as_i64().expect("a number"));
            let mut counts = counts.collect::<Vec<_>>();
            if direction == "DESC" {
                counts.reverse();
            }
            assert!(counts.is_sorted() && counts.iter().any(|count| *count > 0), "{list} {direction}: {counts:?}");
        }
        let query = format!(
            "{{ {list}(orderBy: [{{ field: MODEL_COUNT }}], asOf: \"2020-01-01T00:00:00Z\") {{ totalCount }} }}"
        );
        assert_eq!(app.error(&query).await.0, "INVALID_ARGUMENT");
    }
}
