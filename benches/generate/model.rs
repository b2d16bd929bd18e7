//! Random models.

use serde_json::{Value as Json, json};

use super::{
    random::Random,
    subjects::{Counts, architecture_slug, dataset_slug, license_slug, organization_slug},
    vocabulary::{ARCHITECTURES, CHINESE, FIRST, LICENSES, LINKS, METHODS, PURPOSES, SECOND, SIZES, VARIANTS},
};

/// Number of models of the list. Positions of generated models follow theirs.
const LIST_MODELS: usize = 31;

/// The slug of the model with this number.
pub fn slug(number: usize) -> String {
    let mut random = Random::new(3, number);
    format!("{}-{number}", slug::slugify(name(&mut random)))
}

/// The document of the model with this number. Its base model, if any, has a lower number.
pub fn model(number: usize, counts: Counts) -> Json {
    let mut random = Random::new(3, number);
    let name = name(&mut random);
    let mut random = Random::new(4, number);
    let base = (number > 0 && random.chance(35)).then(|| slug(random.power_law(number)));
    let derived = base.is_some();
    let position = random.chance(75).then_some(LIST_MODELS + 1 + number);
    let aliases = if random.chance(20) { json!([format!("{}{number}", random.pick(&CHINESE))]) } else { json!([]) };
    let makers = 1 + usize::from(random.chance(8));
    let makers = if random.chance(90) { random.distinct_power_law(makers, counts.organizations) } else { Vec::new() };
    let trained_on = random.below(4);
    let datasets = random.distinct_power_law(trained_on, counts.datasets);
    let license = random.chance(80).then(|| license_slug(random.power_law(LICENSES.len())));
    let stated = random.chance(10).then(|| *random.pick(&["ALLOWED", "PROHIBITED", "AUTHORIZATION_REQUIRED"]));
    let architecture = random.chance(60).then(|| architecture_slug(random.power_law(ARCHITECTURES.len())));
    let year = 2019 + [0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6][random.below(16)];
    let (month, day) = (1 + random.below(12), 1 + random.below(28));
    let date = random.chance(85).then(|| format!("{year}-{month:02}-{day:02}"));
    let trillions = 1 + random.power_law(150);
    let scale = random.chance(45).then(|| {
        let text = format!("{}.{}T", trillions / 10, trillions % 10);
        json!({ "text": text, "amount": text, "unit": "TOKENS" })
    });
    let flops = random.chance(15).then(|| (1 + random.power_law(9000)) as f64 * 1e20);
    let links = links(&mut random, number);
    let sizes = sizes(&mut random);
    json!({
        "slug": slug(number), "name": name, "aliases": aliases, "kind": if derived { "DERIVED" } else { "FOUNDATION" },
        "position": position, "summary": summary(&mut random), "releaseDate": date,
        "organizations": makers.into_iter().map(organization_slug).collect::<Vec<_>>(),
        "license": license, "commercialUse": stated, "architecture": architecture, "baseModel": base,
        "datasets": datasets.into_iter().map(dataset_slug).collect::<Vec<_>>(),
        "dataScale": scale, "trainingFlops": flops, "links": links, "sizes": sizes,
    })
}

fn name(random: &mut Random) -> String {
    let mut name = format!("{}{}", random.pick(&FIRST), random.pick(&SECOND));
    if random.chance(50) {
        name = format!("{name}-{}", 1 + random.below(4));
    }
    let variant = random.pick(&VARIANTS);
    if variant.is_empty() { name } else { format!("{name} {variant}") }
}

/// A summary in both languages, in one, or none.
fn summary(random: &mut Random) -> Json {
    let ((purpose, purpose_zh), (method, method_zh)) = (*random.pick(&PURPOSES), *random.pick(&METHODS));
    let en = format!("A model for {purpose}, {method}.");
    let zh = format!("面向{purpose_zh}的开源大语言模型，{method_zh}。");
    match random.below(10) {
        0..=4 => json!({ "en": en, "zh": zh }),
        5 | 6 => json!({ "en": en }),
        7 | 8 => json!({ "zh": zh }),
        _ => json!({}),
    }
}

/// One to six neighbouring sizes, as in real families; one model in twenty has no known size.
fn sizes(random: &mut Random) -> Vec<Json> {
    if random.chance(5) {
        return Vec::new();
    }
    let count = 1 + random.power_law(6);
    let first = random.below(SIZES.len());
    let tokens = random.chance(50).then(|| 1 + random.power_law(15_000));
    let sizes = SIZES[first..].iter().take(count).map(|(label, millions)| {
        let parameters = u64::from(*millions) * 1_000_000;
        let active = (*millions > 30_000 && random.chance(10)).then_some(parameters / 8);
        let license = random.chance(4).then(|| license_slug(random.power_law(LICENSES.len())));
        json!({ "label": label, "parameters": parameters, "activeParameters": active,
            "trainingTokens": tokens.map(|billions| format!("{billions}B")), "license": license })
    });
    sizes.collect()
}

fn links(random: &mut Random, number: usize) -> Vec<Json> {
    let links = LINKS.iter().filter_map(|(kind, prefix)| {
        let title = random.chance(30).then(|| format!("{} {number}", random.pick(&SECOND)));
        random.chance(35).then(|| json!({ "kind": kind, "url": format!("{prefix}{number}"), "title": title }))
    });
    links.collect()
}
