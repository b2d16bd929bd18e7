//! The derive macro `Facts`.

use heck::ToLowerCamelCase;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, Field, GenericArgument, Ident, Lit, LitStr, Meta, Path, PathArguments,
    Result, Token, Type, punctuated::Punctuated, spanned::Spanned,
};

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let arguments = Arguments::read(input)?;
    let Data::Struct(data) = &input.data else { return Err(Error::new(input.span(), "not a struct")) };
    let (mut facts, mut localized, mut references) = (Vec::new(), Vec::new(), Vec::new());
    for field in &data.fields {
        for attribute in &field.attrs {
            if attribute.path().is_ident("fact") {
                facts.push(Fact::read(field, attribute)?);
            } else if attribute.path().is_ident("localized") {
                localized.push(Localized::read(field, attribute)?);
            } else if attribute.path().is_ident("reference") {
                references.push(Reference::read(field, attribute)?);
            }
        }
    }
    let row_mapping = row_mapping(&input.ident, &arguments, &facts, &localized, &references);
    let api = if facts.is_empty() { TokenStream::new() } else { api(&input.ident, &arguments, &facts) };
    Ok(quote!(#row_mapping #api))
}

/// The arguments of `#[facts(entity = …, name = …)]`.
struct Arguments {
    entity: Ident,
    name: Ident,
}

impl Arguments {
    fn read(input: &DeriveInput) -> Result<Self> {
        let (mut entity, mut name) = (None, None);
        for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("facts")) {
            attribute.parse_nested_meta(|meta| {
                let value = meta.value()?.parse()?;
                if meta.path.is_ident("entity") {
                    entity = Some(value);
                } else if meta.path.is_ident("name") {
                    name = Some(value);
                } else {
                    return Err(meta.error("expected entity or name"));
                }
                Ok(())
            })?;
        }
        let missing = || Error::new(input.span(), "needs #[facts(entity = …, name = …)]");
        Ok(Self { entity: entity.ok_or_else(missing)?, name: name.ok_or_else(missing)? })
    }
}

/// A field with `#[fact]`.
struct Fact<'a> {
    field: &'a Ident,
    docs: Vec<&'a Attribute>,
    description: String,
    /// The type of the value, without `Option`.
    value_type: &'a Type,
    nullable: bool,
    column: Ident,
    headings: Vec<LitStr>,
    object: bool,
    filter: bool,
}

impl<'a> Fact<'a> {
    fn read(field: &'a Field, attribute: &Attribute) -> Result<Self> {
        let name = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "a fact needs a name"))?;
        let docs = field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).collect::<Vec<_>>();
        let description = description(&docs);
        if description.is_empty() {
            return Err(Error::new(field.span(), "a fact needs a doc comment: it is the description in the API"));
        }
        let (value_type, nullable) = option_type(&field.ty).map_or((&field.ty, false), |inner| (inner, true));
        let mut fact = Self {
            field: name,
            docs,
            description,
            value_type,
            nullable,
            column: name.clone(),
            headings: Vec::new(),
            object: true,
            filter: true,
        };
        if let Meta::List(_) = attribute.meta {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("no_object") {
                    fact.object = false;
                } else if meta.path.is_ident("no_filter") {
                    fact.filter = false;
                } else if meta.path.is_ident("column") {
                    fact.column = meta.value()?.parse()?;
                } else if meta.path.is_ident("headings") {
                    let content;
                    syn::parenthesized!(content in meta.input);
                    let headings = Punctuated::<LitStr, Token![,]>::parse_terminated(&content)?;
                    fact.headings = headings.into_iter().collect();
                } else {
                    return Err(meta.error("expected no_object, no_filter, column = … or headings(…)"));
                }
                Ok(())
            })?;
        }
        Ok(fact)
    }

    /// Returns the path of the implementation of `Value`.
    fn value(&self) -> TokenStream {
        let value_type = self.value_type;
        quote_spanned!(value_type.span()=> <#value_type as crate::domain::facts::value::Value>)
    }
}

/// A field with `#[localized]`.
struct Localized<'a> {
    field: &'a Ident,
    zh: Ident,
    en: Ident,
}

impl<'a> Localized<'a> {
    fn read(field: &'a Field, attribute: &Attribute) -> Result<Self> {
        let name = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "a localized text needs a name"))?;
        let mut column = name.clone();
        if let Meta::List(_) = attribute.meta {
            attribute.parse_nested_meta(|meta| {
                if !meta.path.is_ident("column") {
                    return Err(meta.error("expected column = …"));
                }
                column = meta.value()?.parse()?;
                Ok(())
            })?;
        }
        Ok(Self { field: name, zh: format_ident!("{column}_zh"), en: format_ident!("{column}_en") })
    }
}

/// A field with `#[reference(…)]`.
struct Reference<'a> {
    field: &'a Ident,
    column: Ident,
    document: Path,
}

impl<'a> Reference<'a> {
    fn read(field: &'a Field, attribute: &Attribute) -> Result<Self> {
        let name = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "a reference needs a name"))?;
        Ok(Self { field: name, column: format_ident!("{name}_id"), document: attribute.parse_args()? })
    }
}

/// Generates the implementation of `Facts`: the table of facts, and the conversion to and from rows.
fn row_mapping(
    document: &Ident,
    arguments: &Arguments,
    facts: &[Fact<'_>],
    localized: &[Localized<'_>],
    references: &[Reference<'_>],
) -> TokenStream {
    let entity = &arguments.entity;
    let table = facts.iter().map(|fact| {
        let (name, column) = (camel_case(fact.field), fact.column.to_string());
        let (description, nullable, headings, value) = (&fact.description, fact.nullable, &fact.headings, fact.value());
        quote! {
            crate::domain::facts::Fact {
                name: #name,
                column: #column,
                description: #description,
                headings: &[#(#headings),*],
                kind: #value::KIND,
                nullable: #nullable,
            }
        }
    });
    let localized_table = localized.iter().map(|text| {
        let (name, zh, en) = (camel_case(text.field), text.zh.to_string(), text.en.to_string());
        quote!(crate::domain::facts::LocalizedColumns { name: #name, zh: #zh, en: #en })
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
    let write_references = references.iter().map(|Reference { field, column, document }| {
        quote! {
            let subject = <#document as crate::domain::document::SubjectDocument>::SUBJECT;
            row.#column = sea_orm::Set(self.#field.as_ref().map(|slug| id_of(subject, slug)).transpose()?);
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
            const REFERENCES: &'static [crate::domain::facts::ReferenceColumn] = &[#(#reference_table),*];

            fn write_row(
                &self,
                row: &mut Self::ActiveRow,
                id_of: &dyn Fn(entity::vocabulary::SubjectType, &crate::domain::slug::Slug) -> crate::error::Result<i32>,
            ) -> crate::error::Result<()> {
                let _ = (&row, id_of);
                #(#write_facts)*
                #(#write_localized)*
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

            fn cells(&self) -> Vec<Option<String>> {
                vec![#(#cells),*]
            }
        }
    }
}

/// Generates the GraphQL types of facts: input, patch, filter and the fields of the object.
fn api(document: &Ident, arguments: &Arguments, facts: &[Fact<'_>]) -> TokenStream {
    let Arguments { entity, name } = arguments;
    let (input, patch) = (format_ident!("{name}FactsInput"), format_ident!("{name}FactsPatch"));
    let (input_doc, patch_doc) =
        (format!("The facts of a new {document}."), format!("The changes of facts of a {document}."));
    let input_fields = facts.iter().map(|Fact { field, docs, value_type, nullable, .. }| {
        let field_type = if *nullable { quote!(Option<#value_type>) } else { quote!(#value_type) };
        quote!(#(#docs)* pub #field: #field_type)
    });
    let patch_fields = facts.iter().map(|Fact { field, docs, value_type, nullable, .. }| {
        let field_type =
            if *nullable { quote!(async_graphql::MaybeUndefined<#value_type>) } else { quote!(Option<#value_type>) };
        quote!(#(#docs)* pub #field: #field_type)
    });
    let set = facts.iter().map(|Fact { field, .. }| quote!(document.#field = self.#field;));
    let apply = facts
        .iter()
        .map(|Fact { field, .. }| quote!(crate::domain::facts::Patch::apply(self.#field, &mut document.#field);));
    let filter = filter(document, arguments, facts);
    let object = object(entity, name, document, facts);
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
            /// Changes the facts that the input has.
            pub fn apply(self, document: &mut #document) {
                #(#apply)*
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
        let (field, docs, value) = (fact.field, &fact.docs, fact.value());
        quote!(#(#docs)* pub #field: Option<#value::Filter>)
    });
    let conditions = facts.iter().map(|fact| {
        let (field, column) = (fact.field, fact.column.to_string());
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
            /// Returns the condition on rows of the table.
            pub fn condition(&self) -> sea_orm::Condition {
                sea_orm::Condition::all() #(#conditions)*
            }
        }
    }
}

/// Generates the fields of the GraphQL object.
fn object(entity: &Ident, name: &Ident, document: &Ident, facts: &[Fact<'_>]) -> TokenStream {
    let object = format_ident!("{name}Facts");
    let doc = format!("The facts of a {document}, as fields of its GraphQL object.");
    let fields = facts.iter().filter(|fact| fact.object).map(|fact| {
        let (field, docs, value_type, column, value) =
            (fact.field, &fact.docs, fact.value_type, &fact.column, fact.value());
        let null = fact.nullable.then(|| quote!(#[doc = " Null if unknown."]));
        if fact.nullable {
            quote! {
                #(#docs)*
                #null
                async fn #field(&self) -> Option<#value_type> {
                    Clone::clone(&self.0.#column).map(#value::from_column)
                }
            }
        } else {
            quote! {
                #(#docs)*
                async fn #field(&self) -> #value_type {
                    #value::from_column(Clone::clone(&self.0.#column))
                }
            }
        }
    });
    let fields = fields.collect::<Vec<_>>();
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

/// Returns the text of doc comments.
fn description(docs: &[&Attribute]) -> String {
    let lines = docs.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) => match &meta.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Returns the type inside an `Option`; `None` for another type.
fn option_type(value_type: &Type) -> Option<&Type> {
    let Type::Path(path) = value_type else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// Returns the name of a field in documents and in the API.
fn camel_case(field: &Ident) -> LitStr {
    LitStr::new(&field.to_string().to_lower_camel_case(), Span::call_site())
}
