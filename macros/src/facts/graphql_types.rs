//! The GraphQL types of facts: input, patch, filter, and the fields of the object.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::facts::declaration::{Arguments, Fact, camel_case};

/// Generates the GraphQL types of facts: input, patch, filter and the fields of the object.
pub fn types(document: &Ident, arguments: &Arguments, facts: &[Fact<'_>]) -> TokenStream {
    let name = &arguments.name;
    let (input, patch) = (format_ident!("{name}FactsInput"), format_ident!("{name}FactsPatch"));
    let (input_doc, patch_doc) =
        (format!("The facts of a new {document}."), format!("The changes of facts of a {document}."));
    let input_fields = facts.iter().map(|Fact { field, docs, value_type, nullable, default, .. }| {
        let field_type = if *nullable { quote!(Option<#value_type>) } else { quote!(#value_type) };
        let default = default.as_ref().map(|_| quote!(#[graphql(default)]));
        quote!(#(#docs)* #default pub #field: #field_type)
    });
    let patch_fields = facts.iter().map(
        |Fact { field, docs, value_type, .. }| quote!(#(#docs)* pub #field: async_graphql::MaybeUndefined<#value_type>),
    );
    let set = facts.iter().map(|Fact { field, .. }| quote!(document.#field = self.#field;));
    let apply = facts.iter().map(|Fact { field, .. }| {
        let name = camel_case(field);
        quote! {
            if !crate::domain::facts::Patch::apply(self.#field, &mut document.#field) {
                required.push(#name);
            }
        }
    });
    let filter = filter(document, arguments, facts);
    let object = object(arguments, document, facts);
    quote! {
        #[doc = #input_doc]
        #[derive(Clone, Debug, async_graphql::InputObject)]
        pub struct #input {
            #(#input_fields,)*
        }

        impl #input {
            /// Sets every fact.
            pub fn set(self, document: &mut #document) {
                #(#set)*
            }
        }

        #[doc = #patch_doc]
        #[derive(Clone, Debug, async_graphql::InputObject)]
        pub struct #patch {
            #(#patch_fields,)*
        }

        impl #patch {
            /// Changes the facts that the input has. Returns the names of those that it sets to null, but that cannot be
            /// unknown.
            pub fn apply(self, document: &mut #document) -> Vec<&'static str> {
                let mut required = Vec::new();
                #(#apply)*
                required
            }
        }

        #filter
        #object
    }
}

/// Generates the filter input.
fn filter(document: &Ident, arguments: &Arguments, facts: &[Fact<'_>]) -> TokenStream {
    let (filter, table) = (format_ident!("{}FactsFilter", arguments.name), arguments.entity.to_string());
    let doc = format!("Conditions on the facts of a {document}.");
    let facts = facts.iter().filter(|fact| fact.filter).collect::<Vec<_>>();
    if facts.is_empty() {
        return TokenStream::new();
    }
    let fields = facts.iter().map(|fact| {
        let (field, docs, value) = (fact.field, fact.effective_docs(), fact.value());
        quote!(#(#docs)* pub #field: Option<#value::Filter>)
    });
    let conditions = facts.iter().map(|fact| {
        let (field, column) = (fact.field, fact.effective_column().to_string());
        quote! {
            .add_option(self.#field.as_ref().map(|filter| {
                crate::domain::facts::filter::ColumnFilter::condition(filter, (#table, #column))
            }))
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, Default, async_graphql::InputObject)]
        pub struct #filter {
            #(#fields,)*
        }

        impl #filter {
            /// Returns the condition on rows of the table; none if no fact is filtered.
            pub fn condition(&self) -> Option<sea_orm::Condition> {
                let condition = sea_orm::Condition::all() #(#conditions)*;
                (!condition.is_empty()).then_some(condition)
            }
        }
    }
}

/// Generates the fields of the GraphQL object.
fn object(arguments: &Arguments, document: &Ident, facts: &[Fact<'_>]) -> TokenStream {
    let Arguments { entity, name, null, .. } = arguments;
    let null = format!(" {null}");
    let object = format_ident!("{name}Facts");
    let doc = format!("The facts of a {document}, as fields of its GraphQL object.");
    let fields = facts.iter().filter(|fact| fact.object).map(|fact| {
        let (field, docs, value_type, column, value) =
            (fact.field, fact.effective_docs(), fact.value_type, fact.effective_column(), fact.value());
        let parent = arguments.parent.as_ref().filter(|_| fact.inherited && arguments.stated).map(|parent| {
            let parent = parent.to_string().trim_end_matches("Document").to_lowercase();
            let doc = format!(" That of the {parent}, unless a source states another.");
            quote!(#[doc = #doc])
        });
        let null = fact.nullable.then(|| quote!(#[doc = #null]));
        if fact.nullable {
            quote! {
                #(#docs)*
                #parent
                #null
                async fn #field(&self) -> crate::domain::facts::response_budget::Charged<Option<#value_type>> {
                    crate::domain::facts::response_budget::Charged(
                        Clone::clone(&self.0.#column).map(#value::from_column)
                    )
                }
            }
        } else {
            quote! {
                #(#docs)*
                async fn #field(&self) -> crate::domain::facts::response_budget::Charged<#value_type> {
                    crate::domain::facts::response_budget::Charged(
                        #value::from_column(Clone::clone(&self.0.#column))
                    )
                }
            }
        }
    });
    let has_stated = |fact: &&Fact<'_>| fact.object && fact.inherited && arguments.stated;
    let stated = facts.iter().filter(has_stated).map(|fact| {
        let (field, value_type, column, value) = (fact.stated_field(), fact.value_type, &fact.column, fact.value());
        let doc = format!(
            "`{}` as a source states it for this object itself. Null if it is inherited.",
            camel_case(fact.field).value()
        );
        quote! {
            #[doc = #doc]
            async fn #field(&self) -> crate::domain::facts::response_budget::Charged<Option<#value_type>> {
                crate::domain::facts::response_budget::Charged(Clone::clone(&self.0.#column).map(#value::from_column))
            }
        }
    });
    let fields = fields.chain(stated).collect::<Vec<_>>();
    if fields.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[doc = #doc]
        pub struct #object(pub std::sync::Arc<entity::#entity::Model>);

        #[async_graphql::Object]
        impl #object {
            #(#fields)*
        }
    }
}
