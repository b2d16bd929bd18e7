//! Addresses that people write or keep: capital letters, values without units, what is not valid.

use libtest_mimic::Trial;
use reqwest::redirect::Policy;

use crate::{
    http::{header, read},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        other_spellings_of_an_address_lead_to_the_page,
        a_page_tells_what_it_leaves_aside,
    ]
}

async fn other_spellings_of_an_address_lead_to_the_page(app: App) {
    let client = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client can be created");
    for (path, location) in [
        ("/models/Llama-2", "/models/llama-2"),
        ("/models/LLAMA-2?memory=24", "/models/llama-2?memory=24"),
        ("/organizations/Meta", "/organizations/meta"),
        ("/models", "/"),
        ("/models?q=llama", "/?q=llama"),
    ] {
        let response = client.get(format!("{}{path}", app.address)).send().await.expect("the server answers");
        let headers = response.headers();
        assert_eq!((response.status().as_u16(), header(headers, "location")), (301, location), "{path}");
    }
    assert_eq!(read(app.request("GET", "/models/Nothing")).await.0, 404);
}

async fn a_page_tells_what_it_leaves_aside(app: App) {
    let get = async |query: &str, language: &str| {
        read(app.request("GET", &format!("/?{query}")).header("accept-language", language)).await.2
    };
    let page = get("minSize=wide&use=ALLOWED&use=MAYBE", "en").await;
    assert!(
        page.contains("Left aside: minSize=wide (expected an amount such as 7B or 1.5T), use=MAYBE (expected one of")
    );
    assert!(get("minSize=wide", "zh").await.contains("未采用：minSize=wide<"));
    // Campaigns of other sites, and empty fields of the form.
    let page = get("utm_source=feed&minSize=&use=ALLOWED", "en").await;
    assert!(!page.contains("Left aside"), "{page}");
    // Text of the address is no HTML.
    assert!(!get("minSize=%3Cb%3E", "en").await.contains("<b>"));
}
