//! The changes that can be proposed: the inputs of mutations, which validate and save them.

use async_graphql::{InputType, OneofObject, Value};
use entity::vocabulary::SubjectType;
use serde_json::Value as Json;

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::dataset::DatasetDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::model::ModelDocument;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::domain::source::SourceDocument;
use crate::error::{Error, Result};
use crate::graphql::mutation::{DeleteInput, save_deletion, save_new, save_update};
use crate::graphql::types::architecture::{CreateArchitectureInput, UpdateArchitectureInput};
use crate::graphql::types::checkpoint::mutation::{UpdateCheckpointsInput, save as save_checkpoints};
use crate::graphql::types::dataset::{CreateDatasetInput, UpdateDatasetInput};
use crate::graphql::types::license::{CreateLicenseInput, UpdateLicenseInput};
use crate::graphql::types::model::input::{CreateModelInput, UpdateModelInput};
use crate::graphql::types::model_size::mutation::{CreateModelSizeInput, UpdateModelSizeInput};
use crate::graphql::types::model_size::mutation::{save_new as save_new_size, save_update as save_size};
use crate::graphql::types::organization::{CreateOrganizationInput, UpdateOrganizationInput};
use crate::graphql::types::source::{CreateSourceInput, UpdateSourceInput};
use crate::store::change::{Change, Outcome, Saved};
use crate::store::documents::Persist;

/// Declares the change to propose: for each mutation its name, its input, the type of the subject, and how it is saved.
macro_rules! proposable {
    ($($name:literal $variant:ident($input:ty): $subject:ident by $save:expr;)+) => {
        /// The change to propose: the input of the mutation with the same name. `expectedVersion` is checked only now.
        #[derive(Clone, Debug, OneofObject)]
        pub enum ProposeChangeInput {
            $(#[doc = concat!("As `", $name, "`.")] $variant(Box<$input>),)+
        }

        impl ProposeChangeInput {
            /// Saves the change, as the mutation does. Returns the subject.
            ///
            /// # Errors
            /// As the mutation; problems have the paths of this input.
            pub async fn save(self, change: &mut Change) -> Result<(SubjectType, Saved)> {
                let (name, subject, saved) = match self {
                    $(Self::$variant(input) => {
                        ($name, SubjectType::$subject, Box::pin($save(change, *input)).await)
                    })+
                };
                Ok((subject, saved.map_err(|error| within(name, error))?))
            }
        }
    };
}

/// The mutations whose input has the slug of the subject as `model`.
const SUBJECT_IN_MODEL: [&str; 2] = ["createModelSize", "updateCheckpoints"];

proposable! {
    "createModel" CreateModel(CreateModelInput): Model by save_new;
    "updateModel" UpdateModel(UpdateModelInput): Model by save_update;
    "deleteModel" DeleteModel(DeleteInput): Model by deletion::<ModelDocument>;
    "createModelSize" CreateModelSize(CreateModelSizeInput): Model by new_size;
    "updateModelSize" UpdateModelSize(UpdateModelSizeInput): Model by size;
    "updateCheckpoints" UpdateCheckpoints(UpdateCheckpointsInput): Model by save_checkpoints;
    "createDataset" CreateDataset(CreateDatasetInput): Dataset by save_new;
    "updateDataset" UpdateDataset(UpdateDatasetInput): Dataset by save_update;
    "deleteDataset" DeleteDataset(DeleteInput): Dataset by deletion::<DatasetDocument>;
    "createLicense" CreateLicense(CreateLicenseInput): License by save_new;
    "updateLicense" UpdateLicense(UpdateLicenseInput): License by save_update;
    "deleteLicense" DeleteLicense(DeleteInput): License by deletion::<LicenseDocument>;
    "createOrganization" CreateOrganization(CreateOrganizationInput): Organization by save_new;
    "updateOrganization" UpdateOrganization(UpdateOrganizationInput): Organization by save_update;
    "deleteOrganization" DeleteOrganization(DeleteInput): Organization by deletion::<OrganizationDocument>;
    "createArchitecture" CreateArchitecture(CreateArchitectureInput): Architecture by save_new;
    "updateArchitecture" UpdateArchitecture(UpdateArchitectureInput): Architecture by save_update;
    "deleteArchitecture" DeleteArchitecture(DeleteInput): Architecture by deletion::<ArchitectureDocument>;
    "createSource" CreateSource(CreateSourceInput): Source by save_new;
    "updateSource" UpdateSource(UpdateSourceInput): Source by save_update;
    "deleteSource" DeleteSource(DeleteInput): Source by deletion::<SourceDocument>;
}

async fn new_size(change: &mut Change, input: CreateModelSizeInput) -> Result<Saved> {
    save_new_size(change, input).await.map(|(saved, _)| saved)
}

async fn size(change: &mut Change, input: UpdateModelSizeInput) -> Result<Saved> {
    save_size(change, input).await.map(|(saved, _)| saved)
}

/// Deletes a subject. The outcome is that of an update: the subject is not new.
async fn deletion<D: Persist>(change: &mut Change, input: DeleteInput) -> Result<Saved> {
    Ok(Saved { id: save_deletion::<D>(change, input).await?, outcome: Outcome::Updated })
}

/// Returns the error with the paths of problems below the input of a mutation.
fn within(name: &str, error: Error) -> Error {
    let Error::InvalidDocument { subject, mut problems } = error else { return error };
    for problem in &mut problems {
        if let Some(rest) = problem.field.strip_prefix("input") {
            problem.field = format!("input.{name}{rest}");
        }
    }
    Error::InvalidDocument { subject, problems }
}

impl ProposeChangeInput {
    /// Reads a stored input. `slug`: the present one of the subject that it changes, which may have been renamed.
    ///
    /// # Errors
    /// It does not conform to the schema any more, because a later release changed it.
    pub fn from_stored(input: &Json, slug: Option<&Slug>) -> Result<Self> {
        let mut input = input.clone();
        for (mutation, input) in input.as_object_mut().into_iter().flatten() {
            // A size is found by its id.
            let field = if SUBJECT_IN_MODEL.contains(&mutation.as_str()) { "model" } else { "slug" };
            if let Some((field, slug)) = input.get_mut(field).zip(slug) {
                *field = slug.as_str().into();
            }
        }
        let value = Value::from_json(input).map_err(Error::internal)?;
        Self::parse(Some(value)).map_err(|error| {
            let message = format!(
                "The proposal does not conform to the schema any more; reject it: {}",
                error.into_server_error(async_graphql::Pos::default()).message
            );
            Error::InvalidArgument(message)
        })
    }
}

/// Returns an input as it is stored: as the client sent it, because an absent field is not null, without the expected version,
/// which another change may have made old.
///
/// # Errors
/// It cannot be JSON.
pub fn to_stored(input: Value) -> Result<Json> {
    let mut json = input.into_json().map_err(Error::internal)?;
    for input in json.as_object_mut().into_iter().flat_map(|inputs| inputs.values_mut()) {
        if let Some(fields) = input.as_object_mut() {
            fields.remove("expectedVersion");
        }
    }
    Ok(json)
}
