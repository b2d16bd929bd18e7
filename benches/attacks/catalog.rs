//! The catalogs under attack. The program imports them itself, so that older versions can be attacked too.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
    process::Stdio,
};

use serde_json::json;

use crate::{
    arguments::Backend,
    database::TemporaryDatabase,
    generate::{import_lines, model_slug},
    program::Program,
    server::Caches,
};

use super::documents::WORD;

/// The number of models of one maker, all derived from the first, in the small catalog.
const SMALL: usize = 500;
/// The number of generated models in the large catalog.
const LARGE: usize = 40_000;

/// A catalog to attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Catalog {
    /// The list and the models of one maker, with summaries of 290 characters.
    Small,
    /// The list and generated models.
    Large,
}

impl Catalog {
    /// Creates the catalog with the import of the program.
    pub async fn create(self, program: &Program, backend: Backend, folder: &Path) -> io::Result<TemporaryDatabase> {
        let name = format!("attacks_{self:?}").to_lowercase();
        let database = TemporaryDatabase::create(backend, &name).await.map_err(io::Error::other)?;
        // Starting a server migrates the database and writes the list.
        drop(program.serve(&database.url, Caches::All)?);
        let path = folder.join(format!("{name}.ndjson"));
        let mut file = BufWriter::new(File::create(&path)?);
        for line in self.lines() {
            writeln!(file, "{line}")?;
        }
        file.into_inner()?.sync_all()?;
        let mut import = program.command();
        import.env("DATABASE_URL", &database.url).arg("import").arg(&path).stdout(Stdio::null());
        if import.status()?.success() { Ok(database) } else { Err(io::Error::other("the import failed")) }
    }

    /// Slugs of models that a client may ask for.
    pub fn slugs(self) -> Vec<String> {
        match self {
            Self::Small => (0..SMALL).map(|number| format!("{WORD}-{number}")).collect(),
            Self::Large => (0..LARGE).step_by(13).map(model_slug).collect(),
        }
    }

    fn lines(self) -> Box<dyn Iterator<Item = String>> {
        match self {
            Self::Large => Box::new(import_lines(LARGE)),
            Self::Small => {
                let maker = json!({ "type": "Organization", "slug": WORD, "name": WORD });
                Box::new([maker.to_string()].into_iter().chain((0..SMALL).map(small_model)))
            }
        }
    }
}

fn small_model(number: usize) -> String {
    let base = (number > 0).then(|| format!("{WORD}-0"));
    json!({
        "type": "Model", "slug": format!("{WORD}-{number}"), "name": format!("{WORD} {number}"),
        "kind": if base.is_some() { "DERIVED" } else { "FOUNDATION" }, "baseModel": base, "organizations": [WORD],
        "summary": { "en": format!("{number} {}", "A summary of usual length. ".repeat(11)).trim() },
    })
    .to_string()
}
