//! The derive macro `Facts`: the declarations that it reads, and the code that it generates from them.

mod declaration;
mod graphql_types;
mod row_mapping;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Result, spanned::Spanned};

use crate::facts::declaration::{Arguments, Fact, List, Localized, Reference};

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let arguments = Arguments::read(input)?;
    let Data::Struct(data) = &input.data else { return Err(Error::new(input.span(), "not a struct")) };
    let (mut facts, mut localized, mut lists, mut references) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for field in &data.fields {
        for attribute in &field.attrs {
            if attribute.path().is_ident("fact") {
                facts.push(Fact::read(field, attribute)?);
            } else if attribute.path().is_ident("localized") {
                localized.push(Localized::read(field, attribute)?);
            } else if attribute.path().is_ident("list") {
                lists.push(List::read(field)?);
            } else if attribute.path().is_ident("reference") {
                references.push(Reference::read(field, attribute)?);
            }
        }
    }
    let row_mapping = row_mapping::implementation(&input.ident, &arguments, &facts, &localized, &lists, &references);
    let graphql_types =
        if facts.is_empty() { TokenStream::new() } else { graphql_types::types(&input.ident, &arguments, &facts) };
    Ok(quote!(#row_mapping #graphql_types))
}
