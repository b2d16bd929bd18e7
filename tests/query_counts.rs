//! Statement counts: the relations of a page cost one statement for any number of rows, and fields that are not selected cost none.

use libtest_mimic::Trial;
use serde_json::json;

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_page_costs_one_statement_and_one_for_its_relations,
        nested_lists_cost_one_statement_per_level,
        counts_and_facets_cost_nothing_unless_selected,
        licenses_of_sizes_cost_one_statement,
        mixed_nodes_cost_one_statement,
    ]
}

async fn a_page_costs_one_statement_and_one_for_its_relations(app: App) {
    let page = |first: usize| {
        format!(
            "{{ models(first: {first}) {{ nodes {{
                slug sizes {{ label }} license {{ name links {{ url }} }} datasets {{ name links {{ url }} }}
                organizations {{ name }} links {{ url }} derivedModels {{ nodes {{ slug }} }} architecture {{ slug }} baseModel {{ slug }} }} }} }}"
        )
    };
    // The page; sizes, licenses, datasets, organizations, links; derived models; the links of licenses and of datasets.
    for first in [12, 24, 100] {
        let (data, statements) = app.counted(&page(first)).await;
        assert_eq!(data["models"]["nodes"].as_array().map(Vec::len), Some(first.min(31)));
        assert_eq!(statements, 4, "for {first} models");
    }
    let (_, statements) = app.counted("{ models(first: 100) { nodes { slug } } }").await;
    assert_eq!(statements, 1, "for nothing but the models");
}

async fn nested_lists_cost_one_statement_per_level(app: App) {
    let (data, statements) = app
        .counted(
            "{ organizations { nodes { name models(first: 2) { nodes { name sizes { label } revisions(last: 1) { nodes { number } } } } } }
               licenses { nodes { name models(first: 2, orderBy: [{ field: NAME }]) { totalCount nodes { name } facets { kinds { value count } } } } } }",
        )
        .await;
    assert_eq!(data["organizations"]["nodes"].as_array().map(Vec::len), Some(4));
    let kinds = json!({ "kinds": [{ "value": "FOUNDATION", "count": 1 }] });
    let models = json!({ "totalCount": 1, "nodes": [{ "name": "BLOOM" }], "facets": kinds });
    assert_eq!(data["licenses"]["nodes"][1]["models"], models);
    // Organizations, their models, the sizes and the revisions of those; licenses, their models, counts and facets.
    assert_eq!(statements, 4 + 4);
}

async fn counts_and_facets_cost_nothing_unless_selected(app: App) {
    let (_, statements) = app.counted("{ models(first: 1) { pageInfo { endCursor hasNextPage } } }").await;
    assert_eq!(statements, 1);
    let (_, statements) = app.counted("{ models(first: 1) { totalCount nodes { slug } } }").await;
    assert_eq!(statements, 2);
    let (data, statements) =
        app.counted("{ models(first: 1) { facets { commercialUse { value count } kinds { value count } } } }").await;
    assert_eq!(data["models"]["facets"]["kinds"][0], json!({ "value": "FOUNDATION", "count": 24 }));
    assert_eq!(statements, 2, "counts read no page");
}

async fn licenses_of_sizes_cost_one_statement(app: App) {
    let (data, statements) =
        app.counted("{ sizes(first: 100) { nodes { label license { slug } model { slug license { slug } } } } }").await;
    assert_eq!(data["sizes"]["nodes"].as_array().map(Vec::len), Some(55));
    // The sizes, then their models with the licenses of the sizes, among which are those of the models.
    assert_eq!(statements, 2);
}

async fn mixed_nodes_cost_one_statement(app: App) {
    let ids = app.column("{ models(first: 20) { nodes { id } } }", "/models/nodes", "id").await;
    let more = app.column("{ licenses { nodes { id } } }", "/licenses/nodes", "id").await;
    let ids = ids.into_iter().chain(more).map(|id| id.to_string()).collect::<Vec<_>>().join(", ");
    let (data, statements) = app.counted(&format!("{{ nodes(ids: [{ids}]) {{ id }} }}")).await;
    assert_eq!(data["nodes"].as_array().map(Vec::len), Some(25));
    assert_eq!(statements, 1);
}
