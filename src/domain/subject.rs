//! Maps subject types to their document types.

/// Evaluates an expression that is generic over documents with the document type of a subject type:
/// `with_document!(subject, D => read::<D>(db).await?)`.
macro_rules! with_document {
    ($subject:expr, $alias:ident => $expression:expr) => {
        entity::subjects!([$crate::domain::subject::match_document] ($subject) $alias ($expression))
    };
}

/// The `match` of [`with_document!`], with an arm for each registered subject type.
macro_rules! match_document {
    (
        ($subject:expr) $alias:ident ($expression:expr)
        $($(#[$doc:meta])* $variant:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+
    ) => {
        match $subject {
            $(entity::vocabulary::SubjectType::$variant => {
                type $alias = $crate::domain::$table::$document;
                $expression
            })+
        }
    };
}

pub(crate) use {match_document, with_document};
