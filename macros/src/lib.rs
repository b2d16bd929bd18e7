//! Macros of the catalog.
//!
//! [`Facts`](macro@Facts) generates the code that depends only on the names and types of a document's fields: the conversion
//! to and from rows, and the inputs, filters and fields of the API. [`subject_fields`] and [`connection_field`] add fields that
//! several GraphQL objects have in common.

mod facts;
mod object;

use proc_macro::TokenStream;
use syn::{DeriveInput, ItemImpl, parse_macro_input};

/// Derives `Facts` for a document, and the GraphQL types of its facts.
///
/// On the struct, `#[facts(entity = license, name = License)]` names the module of its entity and the prefix of the GraphQL
/// types; `null = "…"` is the sentence about null that descriptions of optional facts end with, instead of "Null if unknown.". On
/// a field:
///
/// - `#[fact]`: a value in a column of the same name. `no_object`, `no_filter`: the field of the object, or the filter, is
///   written by hand; `column = other_name`; `default = "LABEL"`: the value where documents and inputs state none; `headings("上下文长度", "context")`: further headings of columns in imports.
/// - `#[localized]`: a text in the columns `…_zh` and `…_en`; `column = other_name`.
/// - `#[list]`: a list of values in a column of the same name, as JSON.
/// - `#[reference(LicenseDocument)]`: the slug of another subject, whose id is in the column `…_id`. A reference to a subject of
///   the same type (`Self`) is the base of the document: bases must not make a cycle, and an import may read them later.
///
/// The doc comment of a fact is its description everywhere.
#[proc_macro_derive(Facts, attributes(facts, fact, localized, list, reference))]
pub fn derive_facts(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    facts::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Adds the fields that every subject has (`version`, `createdAt`, `updatedAt`, `revisions`) to the `impl` of its GraphQL
/// object, and does the same as [`charged_fields`]. Must come before `#[Object]`.
#[proc_macro_attribute]
pub fn subject_fields(_: TokenStream, item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as ItemImpl);
    object::subject_fields(item).into()
}

/// Makes each field of a GraphQL object spend the bytes of its value from the `ResponseBudget` of the request. Must come
/// before `#[Object]`.
#[proc_macro_attribute]
pub fn charged_fields(_: TokenStream, item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as ItemImpl);
    object::charged_fields(item).into()
}

/// Adds the field `evidence`, and with `provenance` also that field, to the `impl` of a GraphQL object. Must come before [`macro@charged_fields`] and `#[Object]`.
///
/// `#[evidence_field(parent = EvidenceParent::Size(self.0.id), doc = "…")]`.
#[proc_macro_attribute]
pub fn evidence_field(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = parse_macro_input!(arguments as object::EvidenceField);
    let item = parse_macro_input!(item as ItemImpl);
    object::evidence_field(&arguments, item).into()
}

/// Adds a connection to the `impl` of a GraphQL object: a field with the arguments `first`, `after`, `last`, `before`,
/// `where`, `orderBy` and `search`. Must come before `#[Object]`.
///
/// `#[connection_field(name = models, node = Model, filter = ModelFilter, order = ModelOrderField, parent = BY_LICENSE, doc =
/// "…")]`. Without `parent` the connection has all rows; with `as_of` it also has that argument.
#[proc_macro_attribute]
pub fn connection_field(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = parse_macro_input!(arguments as object::Connection);
    let item = parse_macro_input!(item as ItemImpl);
    object::connection_field(&arguments, item).into()
}
