//! Fields that several GraphQL objects have in common.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Attribute, Expr, GenericArgument, Ident, ImplItem, ImplItemFn, ItemImpl, LitStr, Path, PathArguments, ReturnType,
    Token, Type,
    parse::{Parse, ParseStream},
    parse_quote,
};

/// Adds `version`, `createdAt`, `updatedAt` and `revisions`, and makes all fields spend from the budget of the response.
pub fn subject_fields(mut item: ItemImpl) -> TokenStream {
    let Type::Path(path) = &*item.self_ty else {
        return syn::Error::new_spanned(&item.self_ty, "not the type of a subject").into_compile_error();
    };
    let subject = path.path.clone();
    let page_arguments = page_arguments(&parse_quote!(crate::graphql::types::revision::RevisionFilter));
    item.items.extend([
        parse_quote! {
            /// The number of its states so far, from 1: the `expectedVersion` of changes.
            async fn version(&self) -> i32 {
                self.0.version
            }
        },
        parse_quote! {
            /// When the subject was created.
            async fn created_at(&self) -> crate::graphql::scalars::DateTime {
                crate::graphql::scalars::DateTime(self.0.created_at)
            }
        },
        parse_quote! {
            /// When the subject last changed.
            async fn updated_at(&self) -> crate::graphql::scalars::DateTime {
                crate::graphql::scalars::DateTime(self.0.updated_at)
            }
        },
        parse_quote! {
            /// The revisions of the subject, oldest first.
            async fn revisions(
                &self,
                ctx: &async_graphql::Context<'_>,
                #page_arguments
            ) -> crate::error::Result<crate::graphql::connection::Connection<crate::graphql::types::revision::Revision>> {
                let page = crate::graphql::connection::PageArguments { first, after, last, before };
                let subject = entity::vocabulary::SubjectType::#subject;
                Box::pin(crate::graphql::types::revision::revisions_of(ctx, subject, self.0.id, page, filter)).await
            }
        },
    ]);
    charged_fields(item)
}

/// Makes the fields of an object spend their bytes from the budget of the response.
pub fn charged_fields(mut item: ItemImpl) -> TokenStream {
    for method in
        item.items.iter_mut().filter_map(|item| if let ImplItem::Fn(method) = item { Some(method) } else { None })
    {
        charge(method);
    }
    quote!(#item)
}

/// Wraps the return type of a field, or the type in its `Result`, in `Charged`. A flattened object is no field.
fn charge(method: &mut ImplItemFn) {
    let flattened = |attribute: &Attribute| {
        attribute.path().is_ident("graphql") && attribute.to_token_stream().to_string().contains("flatten")
    };
    let ReturnType::Type(_, returned) = &mut method.sig.output else { return };
    if method.attrs.iter().any(flattened) {
        return;
    }
    let (returned_before, block) = (returned.clone(), &method.block);
    let charged = quote!(crate::domain::facts::response_budget::Charged);
    let constructor = if let Some(value) = result_value(returned) {
        *value = parse_quote!(#charged<#value>);
        quote!(returned.map(#charged))
    } else {
        **returned = parse_quote!(#charged<#returned>);
        quote!(#charged(returned))
    };
    method.block = parse_quote!({
        let returned: #returned_before = async move #block.await;
        #constructor
    });
}

/// Returns the type of the value in a `Result`; none for another type.
fn result_value(returned: &mut Type) -> Option<&mut Type> {
    let Type::Path(path) = returned else { return None };
    let last = path.path.segments.last_mut().filter(|segment| segment.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &mut last.arguments else { return None };
    match arguments.args.first_mut()? {
        GenericArgument::Type(value) => Some(value),
        _ => None,
    }
}

/// The arguments of `#[connection_field]`.
pub struct Connection {
    name: Ident,
    node: Path,
    filter: Path,
    order: Path,
    parent: Option<Expr>,
    as_of: bool,
    /// Whether the connection has the argument `search`.
    search: bool,
    doc: LitStr,
}

impl Parse for Connection {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut name, mut node, mut filter, mut order, mut parent, mut as_of, mut search, mut doc) =
            (None, None, None, None, None, false, true, None);
        while !input.is_empty() {
            let key = input.parse::<Ident>()?;
            if key == "as_of" {
                as_of = true;
            } else if key == "no_search" {
                search = false;
            } else {
                input.parse::<Token![=]>()?;
                match key.to_string().as_str() {
                    "name" => name = Some(input.parse()?),
                    "node" => node = Some(input.parse()?),
                    "filter" => filter = Some(input.parse()?),
                    "order" => order = Some(input.parse()?),
                    "parent" => parent = Some(input.parse()?),
                    "doc" => doc = Some(input.parse()?),
                    _ => {
                        return Err(syn::Error::new(
                            key.span(),
                            "expected name, node, filter, order, parent, as_of, no_search or doc",
                        ));
                    }
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let missing = |what: &str| input.error(format!("`{what}` is missing"));
        Ok(Self {
            name: name.ok_or_else(|| missing("name"))?,
            node: node.ok_or_else(|| missing("node"))?,
            filter: filter.ok_or_else(|| missing("filter"))?,
            order: order.ok_or_else(|| missing("order"))?,
            parent,
            as_of,
            search,
            doc: doc.ok_or_else(|| missing("doc"))?,
        })
    }
}

/// Adds a connection.
pub fn connection_field(connection: &Connection, mut item: ItemImpl) -> TokenStream {
    let Connection { name, node, filter, order, parent, as_of, search, doc } = connection;
    let page_arguments = page_arguments(filter);
    // Root fields are nullable, so that a field that fails does not take the others with it.
    let (output, result) = match parent {
        Some(_) => (quote!(crate::error::Result<crate::graphql::connection::Connection<#node>>), quote!(page)),
        None => {
            (quote!(Option<crate::error::Result<crate::graphql::connection::Connection<#node>>>), quote!(Some(page)))
        }
    };
    let parent = match parent {
        Some(parent) => quote!(crate::graphql::connection::ConnectionParent::of(#parent, self.0.id)),
        None => quote!(crate::graphql::connection::ConnectionParent::default()),
    };
    let (as_of, read_as_of) = if *as_of {
        (
            quote! {
                #[graphql(desc = "The time to read everything below at; null: now.")]
                as_of: Option<crate::graphql::scalars::DateTime>,
            },
            quote!(crate::graphql::context::ContextExt::read_as_of(ctx, as_of.map(|time| time.0)).await?;),
        )
    } else {
        Default::default()
    };
    let (search, search_words) = if *search {
        (
            quote! {
                #[graphql(desc = "Rows with every word in their names or summary.")]
                search: Option<String>,
            },
            quote!(search),
        )
    } else {
        (TokenStream::new(), quote!(None::<String>))
    };
    item.items.push(parse_quote! {
        #[doc = #doc]
        #[expect(clippy::too_many_arguments, reason = "they are the arguments of the GraphQL field")]
        async fn #name(
            &self,
            ctx: &async_graphql::Context<'_>,
            #page_arguments
            #[graphql(desc = "The most significant key first.")]
            order_by: Option<Vec<crate::graphql::order::OrderBy<#order>>>,
            #search
            #as_of
        ) -> #output {
            let page = async move {
                #read_as_of
                let page = crate::graphql::connection::PageArguments { first, after, last, before };
                let search: Option<String> = #search_words;
                let condition = crate::graphql::filter::condition(ctx, filter.as_deref(), search.as_deref()).await?;
                let order = crate::graphql::order::list_order::<#filter, _>(order_by.as_ref(), search.as_deref())?;
                // The condition has copies of large values: the arguments must not be kept while the rows are loaded.
                drop((filter, search, order_by));
                crate::graphql::connection::Connection::read(ctx, #parent, page, condition, order).await
            };
            // Boxed: every field future of the object has the size of the largest one.
            let page = Box::pin(page).await;
            #result
        }
    });
    quote!(#item)
}

/// The arguments of `#[evidence_field]`.
pub struct EvidenceField {
    parent: Expr,
    doc: LitStr,
    provenance: bool,
}

impl Parse for EvidenceField {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (mut parent, mut doc, mut provenance) = (None, None, false);
        while !input.is_empty() {
            let key = input.parse::<Ident>()?;
            if key == "provenance" {
                provenance = true;
                continue;
            }
            input.parse::<Token![=]>()?;
            match key.to_string().as_str() {
                "parent" => parent = Some(input.parse()?),
                "doc" => doc = Some(input.parse()?),
                _ => return Err(syn::Error::new(key.span(), "expected parent, doc or provenance")),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let missing = |what: &str| input.error(format!("`{what}` is missing"));
        let parent = parent.ok_or_else(|| missing("parent"))?;
        Ok(Self { parent, doc: doc.ok_or_else(|| missing("doc"))?, provenance })
    }
}

/// Adds the field `evidence`, and the field `provenance` to an object whose row has its columns.
pub fn evidence_field(EvidenceField { parent, doc, provenance }: &EvidenceField, mut item: ItemImpl) -> TokenStream {
    if *provenance {
        item.items.push(parse_quote! {
            /// The summary of the evidence. Null if it was never computed.
            async fn provenance(&self) -> Option<crate::graphql::types::evidence::Provenance> {
                crate::graphql::types::evidence::Provenance::of(
                    self.0.lowest_confidence,
                    self.0.source_count,
                    self.0.conflict_count,
                    self.0.unsourced_count,
                )
            }
        });
    }
    let window_arguments = window_arguments();
    item.items.push(parse_quote! {
        #[doc = #doc]
        #[expect(clippy::too_many_arguments, reason = "they are the arguments of the GraphQL field")]
        async fn evidence(
            &self,
            ctx: &async_graphql::Context<'_>,
            #[graphql(desc = "Only about these facts; null: all.")]
            fields: Option<Vec<String>>,
            #[graphql(desc = "Only of this rank; null: all.")]
            rank: Option<entity::vocabulary::EvidenceRank>,
            #window_arguments
        ) -> crate::error::Result<crate::graphql::connection::Connection<crate::graphql::types::evidence::Evidence>> {
            let page = crate::graphql::connection::PageArguments { first, after, last, before };
            Box::pin(crate::graphql::types::evidence::evidence_of(ctx, #parent, fields, rank, page)).await
        }
    });
    quote!(#item)
}

/// Returns the arguments that every connection has: those of the page, and the filter.
fn page_arguments(filter: &Path) -> TokenStream {
    let window_arguments = window_arguments();
    quote! {
        #window_arguments
        #[graphql(name = "where", desc = "Only rows that match.")]
        filter: Option<Box<#filter>>,
    }
}

/// Returns the arguments of the page.
fn window_arguments() -> TokenStream {
    quote! {
        #[graphql(desc = "At most 100; 20 by default.")]
        first: Option<i32>,
        #[graphql(desc = "Rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most 100.")] last: Option<i32>,
        #[graphql(desc = "Rows before this cursor.")] before: Option<String>,
    }
}
