//! Tables as Parquet: the rows of their JSON, with types.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::http::server::options::Options;
use parquet::basic::{LogicalType, Type as PhysicalType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Map, Value as Json, json};

use super::tables::{TABLES, add_tiny, rows};
use crate::{
    cli::{folder, run},
    http::{header, read},
    support::{App, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        parquet_has_the_rows_of_json,
        parquet_has_the_rows_of_the_csv_of_models,
        parquet_states_its_revision_and_license,
        the_command_writes_the_same_rows,
        the_bytes_at_a_revision_stay,
    ]
}

type Reader = SerializedFileReader<actix_web::web::Bytes>;

async fn bytes(app: &App, path: &str) -> actix_web::web::Bytes {
    let response = app.request("GET", path).send().await.expect("the server answers");
    assert_eq!(response.status(), 200, "{path}");
    assert_eq!(header(response.headers(), "content-type"), "application/vnd.apache.parquet", "{path}");
    response.bytes().await.expect("a body")
}

async fn download(app: &App, path: &str) -> Reader {
    Reader::new(bytes(app, path).await).expect("a Parquet file")
}

/// The rows as objects. A column of JSON has values of any kind.
fn objects(reader: &Reader) -> Vec<Map<String, Json>> {
    let schema = reader.metadata().file_metadata().schema_descr();
    let is_json = |index: usize| schema.column(index).logical_type_ref() == Some(&LogicalType::Json);
    let rows = reader.get_row_iter(None).expect("rows").map(|row| {
        let row = row.expect("a row");
        let cells = row.get_column_iter().enumerate().map(|(index, (name, field))| {
            let value = match field {
                Field::Null => Json::Null,
                Field::Bool(value) => json!(value),
                Field::Long(value) => json!(value),
                Field::Double(value) => json!(value),
                Field::Str(text) if is_json(index) => serde_json::from_str(text).expect("JSON"),
                Field::Str(text) => json!(text),
                other => panic!("{name} is {other:?}"),
            };
            (name.clone(), value)
        });
        cells.collect()
    });
    rows.collect()
}

async fn parquet_has_the_rows_of_json(app: App) {
    add_tiny(&app).await;
    for table in TABLES {
        let expected = rows(&app, &format!("/export/{table}.json"), table).await;
        let reader = download(&app, &format!("/export/{table}.parquet")).await;
        let found = objects(&reader);
        assert_eq!(found.len(), expected.len(), "{table}");
        for (found, expected) in found.iter().zip(&expected) {
            for (name, value) in expected.as_object().expect("an object") {
                match (name.as_str(), value) {
                    // A text, as in CSV.
                    ("modalities", Json::Object(_)) => assert!(found[name].is_string(), "{table}: {name}"),
                    _ => assert_eq!(&found[name], value, "{table}: {name}"),
                }
            }
            assert_eq!(found.len(), expected.as_object().map_or(0, Map::len), "{table}");
        }
    }
    let sizes = download(&app, "/export/sizes.parquet").await;
    let schema = sizes.metadata().file_metadata().schema_descr();
    let kind = |name: &str| {
        let column = schema.columns().iter().find(|column| column.name() == name).expect("a column");
        (column.physical_type(), column.logical_type_ref().cloned())
    };
    assert_eq!(kind("parameters"), (PhysicalType::INT64, None));
    assert_eq!(kind("model"), (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)));
    assert_eq!(kind("organizations"), (PhysicalType::BYTE_ARRAY, Some(LogicalType::Json)));
    let filtered = download(&app, "/export/sizes.parquet?maker=tiny-lab&maxSize=2B").await;
    assert_eq!(objects(&filtered).len(), 1);
    let none = download(&app, "/export/sizes.parquet?maker=tiny-lab&maxSize=1").await;
    assert_eq!((objects(&none).len(), none.num_row_groups()), (0, 0));
}

async fn parquet_has_the_rows_of_the_csv_of_models(app: App) {
    add_tiny(&app).await;
    for query in ["", "?maker=tiny-lab", "?kind=derived"] {
        let (_, _, csv) = read(app.request("GET", &format!("/export/models.csv{query}"))).await;
        let mut csv = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let headings = csv.headers().expect("headings").clone();
        let expected = csv.records().collect::<Result<Vec<_>, _>>().expect("rows");
        let found = objects(&download(&app, &format!("/export/models.parquet{query}")).await);
        assert_eq!(found.len(), expected.len(), "{query}");
        assert!(!found.is_empty(), "{query}");
        for (found, expected) in found.iter().zip(&expected) {
            for (name, cell) in headings.iter().zip(expected) {
                let shown = match &found[name] {
                    Json::Null => String::new(),
                    Json::String(text) => text.clone(),
                    // The digits of CSV may be more or fewer.
                    Json::Number(number) if number.is_f64() => {
                        assert_eq!(number.as_f64(), cell.parse().ok(), "{name}");
                        continue;
                    }
                    other => other.to_string(),
                };
                assert_eq!(shown, cell.trim_start_matches('\''), "{name}");
            }
        }
    }
}

async fn parquet_states_its_revision_and_license(app: App) {
    let url = "https://creativecommons.org/licenses/by/4.0/";
    let app = app.with_options(Options { data_license: url.parse().ok(), ..options() });
    let revision = app.data("{ catalog { revision } }").await["catalog"]["revision"].to_string();
    let reader = download(&app, "/export/licenses.parquet").await;
    let metadata = reader.metadata().file_metadata().key_value_metadata().expect("metadata");
    let of = |key: &str| metadata.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.clone());
    assert_eq!((of("revision"), of("license")), (Some(revision), Some(url.to_owned())));
}

async fn the_command_writes_the_same_rows(app: App) {
    let folder = folder();
    let arguments = ["export", "--output", "models.parquet"];
    let (code, output, errors) = run(folder.path(), &arguments, &[("DATABASE_URL", &app.url)]);
    assert_eq!((code, output.as_str(), errors.as_str()), (0, "", ""));
    let bytes = std::fs::read(folder.path().join("models.parquet")).expect("the file");
    let file = Reader::new(bytes.into()).expect("a Parquet file");
    assert_eq!(objects(&file), objects(&download(&app, "/export/models.parquet").await));
}

async fn the_bytes_at_a_revision_stay(app: App) {
    let revision = app.data("{ catalog { revision } }").await["catalog"]["revision"].to_string();
    let path = format!("/export/models.parquet?revision={revision}");
    let before = bytes(&app, &path).await;
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { updateModel(input: { slug: \"llama\", name: \"Another\" }) { revision } }").await;
    assert!(bytes(&app, &path).await == before);
    assert!(bytes(&app, "/export/models.parquet").await != before);
}
