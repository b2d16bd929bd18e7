//! The subject types of the catalog, each registered once.

/// Calls a macro with the list of subject types: the variant and word of [`SubjectType`](crate::vocabulary::SubjectType),
/// the table (which is also the name of its modules and of its GraphQL query), the plural, and the document type. Each
/// type refers only to itself and to types after it. The name of the macro is passed in brackets; tokens after the
/// brackets are passed to the macro before the list.
#[macro_export]
macro_rules! subjects {
    ([$($callback:tt)+] $($argument:tt)*) => {
        $($callback)+! { $($argument)*
            /// A model with its sizes and links.
            Model = "MODEL", model, models, ModelDocument;
            /// A dataset.
            Dataset = "DATASET", dataset, datasets, DatasetDocument;
            /// An architecture.
            Architecture = "ARCHITECTURE", architecture, architectures, ArchitectureDocument;
            /// A source.
            Source = "SOURCE", source, sources, SourceDocument;
            /// A license.
            License = "LICENSE", license, licenses, LicenseDocument;
            /// An organization.
            Organization = "ORGANIZATION", organization, organizations, OrganizationDocument;
        }
    };
}
