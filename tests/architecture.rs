//! Each module uses only modules below it: imports between folders point down, files of one folder do not import each other
//! in a circle, and imports are absolute.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use libtest_mimic::Trial;
use regex::Regex;

use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain: imports_point_down, files_do_not_import_each_other_in_a_circle, imports_are_absolute, http_has_only_folders, every_static_pattern_compiles]
}

/// The top modules, from the top down. Those of one layer do not use each other.
const LAYERS: [&[&str]; 11] = [
    &["main"],
    &["cli"],
    &["config"],
    &["http"],
    &["graphql"],
    &["formats"],
    &["store", "query", "auth"],
    &["db"],
    &["domain"],
    &["error", "telemetry"],
    &["lib"],
];

/// The source text of each module, such as `query::cache`, without comments.
fn sources() -> BTreeMap<String, String> {
    fn collect(folder: &Path, prefix: &str, sources: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name in UTF-8");
            if path.is_dir() {
                collect(&path, &format!("{prefix}{name}::"), sources);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let module =
                    if name == "mod" { prefix.trim_end_matches("::").to_owned() } else { format!("{prefix}{name}") };
                let text = fs::read_to_string(&path).expect("a source file is text");
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>();
                sources.insert(module, code.join("\n"));
            }
        }
    }
    let mut sources = BTreeMap::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut sources);
    assert!(sources.len() > 100, "{} modules", sources.len());
    sources
}

/// Pairs of modules: the first imports the second, by `use crate::…;` or by a path from the root of the crate. A module that
/// uses its own submodules by relative paths does not import them: they may use what it declares.
fn imports() -> BTreeSet<(String, String)> {
    let sources = sources();
    let path = Regex::new(r"\bcrate::([a-z_0-9]+(?:::[a-z_0-9]+)*)(?:::\{([^;{]*)\})?").expect("a pattern");
    let mut imports = BTreeSet::new();
    for (module, source) in &sources {
        let mut import = |mut imported: &str| {
            // The longest part of the path that is a module: the rest are items in it.
            while !sources.contains_key(imported) {
                imported = imported.rsplit_once("::").map_or("lib", |(parent, _)| parent);
            }
            if imported != module {
                imports.insert((module.clone(), imported.to_owned()));
            }
        };
        for captures in path.captures_iter(source) {
            match captures.get(2) {
                Some(names) => names.as_str().split(',').for_each(|name| {
                    import(&format!("{}::{}", &captures[1], name.trim()));
                }),
                None => import(&captures[1]),
            }
        }
    }
    assert!(imports.len() > 500, "{} imports", imports.len());
    imports
}

fn top(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

fn imports_point_down() {
    let layer = |module: &str| {
        let layer = LAYERS.iter().position(|layer| layer.contains(&top(module)));
        layer.unwrap_or_else(|| panic!("LAYERS does not name the module {module}"))
    };
    let wrong = imports()
        .into_iter()
        .filter(|(module, imported)| top(module) != top(imported) && layer(module) >= layer(imported));
    let wrong = wrong.map(|(module, imported)| format!("{module} -> {imported}")).collect::<Vec<_>>();
    assert!(wrong.is_empty(), "imports that do not point to a lower layer:\n{}", wrong.join("\n"));
}

fn files_do_not_import_each_other_in_a_circle() {
    // The GraphQL types form a cyclic graph: any file of the layer may name any of them.
    let mut inside = imports();
    inside.retain(|(module, imported)| top(module) == top(imported) && !imported.starts_with("graphql::types"));
    // Imports of modules that import nothing, and by modules that nothing imports, are in no circle: remove them until none is left.
    loop {
        let count = inside.len();
        let importing = inside.iter().map(|(module, _)| module.clone()).collect::<BTreeSet<_>>();
        let imported = inside.iter().map(|(_, imported)| imported.clone()).collect::<BTreeSet<_>>();
        inside.retain(|(module, to)| imported.contains(module) && importing.contains(to));
        if inside.len() == count {
            break;
        }
    }
    let circle = inside.iter().map(|(module, imported)| format!("{module} -> {imported}")).collect::<Vec<_>>();
    assert!(circle.is_empty(), "files that import each other in a circle:\n{}", circle.join("\n"));
}

fn imports_are_absolute() {
    let relative = Regex::new(r"(?m)^\s*(pub(\(\w+\))? )?use (super|self)::").expect("a pattern");
    for (module, source) in sources() {
        assert!(!relative.is_match(&source), "{module} has a relative import: write `use crate::…`");
    }
}

/// `static_regex` panics for a wrong pattern, in the first request that uses the static.
fn every_static_pattern_compiles() {
    let call = Regex::new(r##"static_regex\(\s*(?:r"(?P<plain>[^"]*)"|r#"(?P<hash>(?s:.*?))"#|(?P<built>&format!))"##)
        .expect("a pattern");
    let (mut compiled, mut calls) = (0, 0);
    for (module, source) in sources() {
        calls += source.matches("static_regex(").count() - source.matches("fn static_regex(").count();
        for found in call.captures_iter(&source) {
            if let Some(pattern) = found.name("plain").or(found.name("hash")) {
                let error = Regex::new(pattern.as_str()).err();
                assert!(error.is_none(), "{module}: {error:?}");
            }
            compiled += 1;
        }
    }
    assert!(compiled == calls && calls > 30, "{compiled} patterns of {calls} calls were read");
}

fn http_has_only_folders() {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http")).expect("the folder can be read");
    let paths = files.map(|file| file.expect("an entry").path()).filter(|path| path.is_file());
    let names = paths.filter_map(|path| path.file_name().map(std::ffi::OsStr::to_owned)).collect::<Vec<_>>();
    assert_eq!(names, ["mod.rs"], "files of src/http belong in its folders");
}
