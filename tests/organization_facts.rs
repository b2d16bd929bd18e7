//! What is known about organizations: country, kind, other names and website.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::json;

use crate::edit::{editor, refused};
use crate::support::App;
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![on both: facts_of_organizations_are_stored_and_found, imports_find_an_organization_by_an_alias, invalid_facts_are_refused]
}

async fn facts_of_organizations_are_stored_and_found(app: App) {
    let app = editor(&app).await;
    app.data(
        "mutation { updateOrganization(input: { slug: \"meta\", country: \"US\", kind: \"COMPANY\", aliases: [\"FAIR\", \"脸书\"],
           homepage: \"https://ai.meta.com/\" }) { revision } }",
    )
    .await;
    let query = "{ organization(slug: \"meta\") { aliases country kind homepage }
       byCountry: organizations(where: { country: { eq: \"US\" }, kind: { in: [\"COMPANY\"] } }) { nodes { slug } }
       byAlias: organizations(where: { aliases: { has: \"fair\" } }) { nodes { slug } }
       unknown: organizations(where: { slug: { in: [\"meta\", \"ibm\"] }, country: { isNull: true } }) { nodes { slug } }
       found: organizations(search: \"脸书\") { nodes { slug } }
       models: models(search: \"脸书\") { nodes { slug organizations { country } } } }";
    let data = app.data(query).await;
    let meta = json!({ "nodes": [{ "slug": "meta" }] });
    assert_eq!(
        data["organization"],
        json!({ "aliases": ["FAIR", "脸书"], "country": "US", "kind": "COMPANY", "homepage": "https://ai.meta.com/" })
    );
    assert_eq!((&data["byCountry"], &data["byAlias"], &data["found"]), (&meta, &meta, &meta));
    assert_eq!(data["unknown"], json!({ "nodes": [{ "slug": "ibm" }] }));
    let models = data["models"]["nodes"].as_array().expect("a list");
    assert!(!models.is_empty() && models.iter().all(|model| model["organizations"][0]["country"] == "US"), "{data}");
}

async fn imports_find_an_organization_by_an_alias(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data("mutation { updateOrganization(input: { slug: \"meta\", aliases: [\"FAIR\"] }) { revision } }").await;
    let content = "name,organizations,parameters\nNew model,FAIR,7B\n";
    let import =
        "mutation ($content: String!) { importCatalog(input: { format: CSV, content: $content }) { revision } }";
    app.data_with(import, json!({ "content": content })).await;
    let data = app.data("{ model(slug: \"new-model\") { organizations { slug } } }").await;
    assert_eq!(data["model"]["organizations"], json!([{ "slug": "meta" }]));
}

async fn invalid_facts_are_refused(app: App) {
    let app = editor(&app).await;
    for (fact, path) in [
        ("country: \"us\"", "input.country"),
        ("country: \"EU\"", "input.country"),
        ("country: \"USA\"", "input.country"),
        ("kind: \"a company\"", "input.kind"),
        ("kind: \"\"", "input.kind"),
        ("homepage: \"javascript:alert(1)\"", "input.homepage"),
        ("aliases: [\"A\", \"A\"]", "input.aliases"),
    ] {
        let query = format!("mutation {{ updateOrganization(input: {{ slug: \"meta\", {fact} }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        assert_eq!((code.as_str(), &extensions["fields"][0]["path"]), ("INVALID_DOCUMENT", &json!(path)), "{fact}");
    }
}
