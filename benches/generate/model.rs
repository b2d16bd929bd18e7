//! Models at random.

use serde_json::{Value as Json, json};

use super::{
    draw::Draw,
    subjects::{Counts, architecture_slug, dataset_slug, license_slug, organization_slug},
    words::{ARCHITECTURES, CHINESE, FIRST, LICENSES, LINKS, METHODS, PURPOSES, SECOND, SIZES, VARIANTS},
};

/// How many models the list has, whose places come first.
const LISTED: usize = 31;

/// The slug of the model with a number.
pub fn slug(number: usize) -> String {
    let mut draw = Draw::of(3, number);
    format!("{}-{number}", slug::slugify(name(&mut draw)))
}

/// The model with a number, as JSON. It may be derived from one with a lower number.
pub fn model(number: usize, counts: Counts) -> Json {
    let mut draw = Draw::of(3, number);
    let name = name(&mut draw);
    let mut draw = Draw::of(4, number);
    let base = (number > 0 && draw.chance(35)).then(|| slug(draw.skewed(number)));
    let derived = base.is_some();
    let position = draw.chance(75).then_some(LISTED + 1 + number);
    let aliases = if draw.chance(20) { json!([format!("{}{number}", draw.pick(&CHINESE))]) } else { json!([]) };
    let makers = 1 + usize::from(draw.chance(8));
    let makers = if draw.chance(90) { draw.several(makers, counts.organizations) } else { Vec::new() };
    let trained_on = draw.below(4);
    let datasets = draw.several(trained_on, counts.datasets);
    let license = draw.chance(80).then(|| license_slug(draw.skewed(LICENSES.len())));
    let stated = draw.chance(10).then(|| *draw.pick(&["ALLOWED", "PROHIBITED", "AUTHORIZATION_REQUIRED"]));
    let architecture = draw.chance(60).then(|| architecture_slug(draw.skewed(ARCHITECTURES.len())));
    let year = 2019 + [0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6][draw.below(16)];
    let (month, day) = (1 + draw.below(12), 1 + draw.below(28));
    let date = draw.chance(85).then(|| format!("{year}-{month:02}-{day:02}"));
    let trillions = 1 + draw.skewed(150);
    let scale = draw.chance(45).then(|| {
        let text = format!("{}.{}T", trillions / 10, trillions % 10);
        json!({ "text": text, "amount": text, "unit": "TOKENS" })
    });
    let flops = draw.chance(15).then(|| (1 + draw.skewed(9000)) as f64 * 1e20);
    let links = links(&mut draw, number);
    let sizes = sizes(&mut draw);
    json!({
        "slug": slug(number), "name": name, "aliases": aliases, "kind": if derived { "DERIVED" } else { "FOUNDATION" },
        "position": position, "summary": summary(&mut draw), "releaseDate": date,
        "organizations": makers.into_iter().map(organization_slug).collect::<Vec<_>>(),
        "license": license, "commercialUse": stated, "architecture": architecture, "baseModel": base,
        "datasets": datasets.into_iter().map(dataset_slug).collect::<Vec<_>>(),
        "dataScale": scale, "trainingFlops": flops, "links": links, "sizes": sizes,
    })
}

fn name(draw: &mut Draw) -> String {
    let mut name = format!("{}{}", draw.pick(&FIRST), draw.pick(&SECOND));
    if draw.chance(50) {
        name = format!("{name}-{}", 1 + draw.below(4));
    }
    let variant = draw.pick(&VARIANTS);
    if variant.is_empty() { name } else { format!("{name} {variant}") }
}

/// What it is for: in both languages, in one, or unknown.
fn summary(draw: &mut Draw) -> Json {
    let ((purpose, purpose_zh), (method, method_zh)) = (*draw.pick(&PURPOSES), *draw.pick(&METHODS));
    let en = format!("A model for {purpose}, {method}.");
    let zh = format!("面向{purpose_zh}的开源大语言模型，{method_zh}。");
    match draw.below(10) {
        0..=4 => json!({ "en": en, "zh": zh }),
        5 | 6 => json!({ "en": en }),
        7 | 8 => json!({ "zh": zh }),
        _ => json!({}),
    }
}

/// One to six sizes next to each other, as families have them; one model in twenty has none that is known.
fn sizes(draw: &mut Draw) -> Vec<Json> {
    if draw.chance(5) {
        return Vec::new();
    }
    let count = 1 + draw.skewed(6);
    let first = draw.below(SIZES.len());
    let tokens = draw.chance(50).then(|| 1 + draw.skewed(15_000));
    let sizes = SIZES[first..].iter().take(count).map(|(label, millions)| {
        let parameters = u64::from(*millions) * 1_000_000;
        let active = (*millions > 30_000 && draw.chance(10)).then_some(parameters / 8);
        let license = draw.chance(4).then(|| license_slug(draw.skewed(LICENSES.len())));
        json!({ "label": label, "parameters": parameters, "activeParameters": active,
            "trainingTokens": tokens.map(|billions| format!("{billions}B")), "license": license })
    });
    sizes.collect()
}

fn links(draw: &mut Draw, number: usize) -> Vec<Json> {
    let links = LINKS.iter().filter_map(|(kind, place)| {
        let titled = draw.chance(30).then(|| format!("{} {number}", draw.pick(&SECOND)));
        draw.chance(35).then(|| json!({ "kind": kind, "url": format!("{place}{number}"), "title": titled }))
    });
    links.collect()
}
