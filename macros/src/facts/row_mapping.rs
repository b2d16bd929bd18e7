//! The implementation of `Facts`: the tables of facts, and the conversion to and from rows.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, spanned::Spanned};

use crate::facts::declaration::{Arguments, Fact, List, Localized, Reference, camel_case};

/// Generates the implementation of `Facts`: the table of facts, and the conversion to and from rows.
pub fn implementation(
    document: &Ident,
    arguments: &Arguments,
    facts: &[Fact<'_>],
    localized: &[Localized<'_>],
    lists: &[List<'_>],
    references: &[Reference<'_>],
) -> TokenStream {
    let entity = &arguments.entity;
    let table = facts.iter().map(|fact| {
        let (name, column) = (camel_case(fact.field), fact.column.to_string());
        let (description, nullable, headings, value) = (&fact.description, fact.nullable, &fact.headings, fact.value());
        let inherited = fact.inherited;
        let default = fact.default.as_ref().map_or_else(|| quote!(None), |default| quote!(Some(#default)));
        quote! {
            crate::domain::facts::Fact {
                name: #name,
                column: #column,
                description: #description,
                headings: &[#(#headings),*],
                kind: #value::KIND,
                nullable: #nullable,
                inherited: #inherited,
                default: #default,
            }
        }
    });
    let inheritance = inheritance(document, arguments, facts);
    let localized_table = localized.iter().map(|text| {
        let (name, zh, en) = (camel_case(text.field), text.zh.to_string(), text.en.to_string());
        quote!(crate::domain::facts::LocalizedColumns { name: #name, zh: #zh, en: #en })
    });
    let list_table = lists.iter().map(|List { field }| {
        let (name, column) = (camel_case(field), field.to_string());
        quote!((#name, #column))
    });
    let reference_table = references.iter().map(|reference| {
        let (name, column, document) = (camel_case(reference.field), reference.column.to_string(), &reference.document);
        quote! {
            crate::domain::facts::ReferenceColumn {
                name: #name,
                column: #column,
                subject: <#document as crate::domain::document::SubjectDocument>::SUBJECT,
            }
        }
    });
    let write_facts = facts.iter().map(|fact| {
        let (field, column, value) = (fact.field, &fact.column, fact.value());
        let value = if fact.nullable {
            quote_spanned!(fact.value_type.span()=> self.#field.as_ref().map(#value::to_column))
        } else {
            quote_spanned!(fact.value_type.span()=> #value::to_column(&self.#field))
        };
        quote_spanned!(fact.value_type.span()=> row.#column = sea_orm::Set(#value);)
    });
    let write_localized = localized.iter().map(|Localized { field, zh, en }| {
        quote! {
            row.#zh = sea_orm::Set(self.#field.zh.clone());
            row.#en = sea_orm::Set(self.#field.en.clone());
        }
    });
    let write_lists = lists.iter().map(|List { field }| {
        quote! {
            let list = serde_json::to_value(&self.#field).map_err(crate::error::Error::internal)?;
            row.#field = sea_orm::Set(list);
        }
    });
    let write_references = references.iter().map(|Reference { field, column, document }| {
        quote! {
            let subject = <#document as crate::domain::document::SubjectDocument>::SUBJECT;
            row.#column = sea_orm::Set(self.#field.as_ref().map(|slug| id_of(subject, slug)).transpose()?.flatten());
        }
    });
    let read_facts = facts.iter().map(|fact| {
        let (field, column, value) = (fact.field, &fact.column, fact.value());
        if fact.nullable {
            quote_spanned!(fact.value_type.span()=> self.#field = Clone::clone(&row.#column).map(#value::from_column);)
        } else {
            quote_spanned!(fact.value_type.span()=> self.#field = #value::from_column(Clone::clone(&row.#column));)
        }
    });
    let read_localized = localized.iter().map(|Localized { field, zh, en }| {
        quote!(self.#field = crate::domain::text::LocalizedText { zh: row.#zh.clone(), en: row.#en.clone() };)
    });
    let read_lists = lists
        .iter()
        .map(|List { field }| quote!(self.#field = serde::Deserialize::deserialize(&row.#field).unwrap_or_default();));
    let read_references = references.iter().map(|Reference { field, column, document }| {
        quote! {
            let subject = <#document as crate::domain::document::SubjectDocument>::SUBJECT;
            self.#field = row.#column.and_then(|id| slug_of(subject, id));
        }
    });
    let referenced_slugs = references.iter().map(|Reference { field, document, .. }| {
        let name = camel_case(field);
        quote! {
            self.#field.as_ref().map(|slug| (#name, <#document as crate::domain::document::SubjectDocument>::SUBJECT, slug))
        }
    });
    let referenced_ids = references.iter().map(|Reference { column, document, .. }| {
        quote!((<#document as crate::domain::document::SubjectDocument>::SUBJECT, row.#column))
    });
    let values = facts.iter().map(|fact| {
        let (field, name) = (fact.field, camel_case(fact.field));
        quote!(#name => Some(&self.#field))
    });
    let cells = facts.iter().map(|fact| {
        let (field, value) = (fact.field, fact.value());
        if fact.nullable {
            quote!(self.#field.as_ref().map(#value::text))
        } else {
            quote!(Some(#value::text(&self.#field)))
        }
    });
    quote! {
        #[automatically_derived]
        impl crate::domain::facts::Facts for #document {
            type Row = entity::#entity::Model;
            type ActiveRow = entity::#entity::ActiveModel;

            const FACTS: &'static [crate::domain::facts::Fact] = &[#(#table),*];
            const LOCALIZED: &'static [crate::domain::facts::LocalizedColumns] = &[#(#localized_table),*];
            const LISTS: &'static [(&'static str, &'static str)] = &[#(#list_table),*];
            const REFERENCES: &'static [crate::domain::facts::ReferenceColumn] = &[#(#reference_table),*];

            fn write_row(
                &self,
                row: &mut Self::ActiveRow,
                id_of: &dyn Fn(entity::vocabulary::SubjectType, &crate::domain::slug::Slug) -> crate::error::Result<Option<i32>>,
            ) -> crate::error::Result<()> {
                let _ = (&row, id_of);
                #(#write_facts)*
                #(#write_localized)*
                #(#write_lists)*
                #(#write_references)*
                Ok(())
            }

            fn read_row(
                &mut self,
                row: &Self::Row,
                slug_of: &dyn Fn(entity::vocabulary::SubjectType, i32) -> Option<crate::domain::slug::Slug>,
            ) {
                let _ = (row, slug_of);
                #(#read_facts)*
                #(#read_localized)*
                #(#read_lists)*
                #(#read_references)*
            }

            fn referenced_slugs(
                &self,
            ) -> impl Iterator<Item = (&'static str, entity::vocabulary::SubjectType, &crate::domain::slug::Slug)> {
                let slugs: [Option<(&'static str, entity::vocabulary::SubjectType, &crate::domain::slug::Slug)>; _] =
                    [#(#referenced_slugs),*];
                slugs.into_iter().flatten()
            }

            fn referenced_ids(row: &Self::Row) -> Vec<(entity::vocabulary::SubjectType, Option<i32>)> {
                let _ = row;
                vec![#(#referenced_ids),*]
            }

            fn fact(&self, name: &str) -> Option<&dyn std::any::Any> {
                match name {
                    #(#values,)*
                    _ => None,
                }
            }

            fn cells(&self) -> Vec<Option<String>> {
                vec![#(#cells),*]
            }
        }

        #inheritance
    }
}

/// Generates the methods that apply the facts of another document.
fn inheritance(document: &Ident, arguments: &Arguments, facts: &[Fact<'_>]) -> TokenStream {
    let entity = &arguments.entity;
    let inherited = facts.iter().filter(|fact| fact.inherited).collect::<Vec<_>>();
    if inherited.is_empty() {
        return TokenStream::new();
    }
    let inherit = inherited.iter().map(|Fact { field, value_type, .. }| {
        let name = camel_case(field);
        quote_spanned! {value_type.span()=>
            if effective.#field.is_none()
                && let Some(value) = parent.fact(#name).and_then(|fact| fact.downcast_ref())
            {
                effective.#field = Clone::clone(value);
            }
        }
    });
    let write = inherited.iter().map(|fact| {
        let (field, value) = (fact.field, fact.value());
        quote_spanned!(fact.value_type.span()=> row.#field = sea_orm::Set(self.#field.as_ref().map(#value::to_column));)
    });
    quote! {
        #[automatically_derived]
        impl #document {
            /// Returns the document with the facts that apply: the inherited facts of the other document where this one states
            /// none. The facts have the same names and types there.
            #[must_use]
            pub fn inherit(&self, parent: &impl crate::domain::facts::Facts) -> Self {
                let mut effective = self.clone();
                #(#inherit)*
                effective
            }

            /// Sets the columns of the inherited facts that apply. The document is the result of `inherit`.
            pub fn write_effective(&self, row: &mut entity::#entity::ActiveModel) {
                #(#write)*
            }
        }
    }
}
