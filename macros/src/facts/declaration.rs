//! The attributes of a document and its fields.

use heck::ToLowerCamelCase;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::{
    Attribute, DeriveInput, Error, Expr, Field, GenericArgument, Ident, Lit, LitStr, Meta, Path, PathArguments, Result,
    Token, Type, punctuated::Punctuated, spanned::Spanned,
};

/// The arguments of `#[facts(entity = …, name = …, parent = …, null = …, no_stated)]`.
pub struct Arguments {
    pub entity: Ident,
    pub name: Ident,
    /// The document whose facts apply where this one states none. Descriptions name it.
    pub parent: Option<Ident>,
    /// Whether the API has the stated values of inherited facts, in fields of their own.
    pub stated: bool,
    /// What null means, as a sentence.
    pub null: String,
}

impl Arguments {
    pub fn read(input: &DeriveInput) -> Result<Self> {
        let (mut entity, mut name, mut parent, mut stated) = (None, None, None, true);
        let mut null = "Null if unknown.".to_owned();
        for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("facts")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("entity") {
                    entity = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("name") {
                    name = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("parent") {
                    parent = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("null") {
                    null = meta.value()?.parse::<LitStr>()?.value();
                } else if meta.path.is_ident("no_stated") {
                    stated = false;
                } else {
                    return Err(meta.error("expected entity, name, parent, null or no_stated"));
                }
                Ok(())
            })?;
        }
        let missing = || Error::new(input.span(), "needs #[facts(entity = …, name = …)]");
        Ok(Self { entity: entity.ok_or_else(missing)?, name: name.ok_or_else(missing)?, parent, stated, null })
    }
}

/// A field with `#[fact]`.
pub struct Fact<'a> {
    pub field: &'a Ident,
    pub docs: Vec<&'a Attribute>,
    pub description: String,
    /// The type of the value, without `Option`.
    pub value_type: &'a Type,
    pub nullable: bool,
    pub column: Ident,
    pub headings: Vec<LitStr>,
    pub object: bool,
    pub filter: bool,
    /// Whether the fact of the parent applies where the document states none. The column with the name of the field has the
    /// value that applies then, and [`Self::column`] the stated one.
    pub inherited: bool,
    /// The value where documents and inputs state none, as text.
    pub default: Option<LitStr>,
}

impl<'a> Fact<'a> {
    pub fn read(field: &'a Field, attribute: &Attribute) -> Result<Self> {
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
            inherited: false,
            default: None,
        };
        if let Meta::List(_) = attribute.meta {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("no_object") {
                    fact.object = false;
                } else if meta.path.is_ident("no_filter") {
                    fact.filter = false;
                } else if meta.path.is_ident("inherited") {
                    fact.inherited = true;
                    fact.column = format_ident!("stated_{name}");
                } else if meta.path.is_ident("default") {
                    fact.default = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("column") {
                    fact.column = meta.value()?.parse()?;
                } else if meta.path.is_ident("headings") {
                    let content;
                    syn::parenthesized!(content in meta.input);
                    let headings = Punctuated::<LitStr, Token![,]>::parse_terminated(&content)?;
                    fact.headings = headings.into_iter().collect();
                } else {
                    return Err(
                        meta.error("expected no_object, no_filter, inherited, default = …, column = … or headings(…)")
                    );
                }
                Ok(())
            })?;
        }
        if fact.inherited && !fact.nullable {
            return Err(Error::new(field.span(), "an inherited fact is an Option: absent, that of the parent applies"));
        }
        if fact.default.is_some() && fact.nullable {
            return Err(Error::new(field.span(), "a fact with a default cannot be an Option"));
        }
        Ok(fact)
    }

    /// Returns the column of the value that applies.
    pub fn effective_column(&self) -> &Ident {
        if self.inherited { self.field } else { &self.column }
    }

    /// Returns the doc comment of the value that applies: of an inherited fact, the first paragraph.
    pub fn effective_docs(&self) -> &[&'a Attribute] {
        let is_empty = |attribute: &&Attribute| description(&[attribute]).is_empty();
        let end = self.docs.iter().position(is_empty).filter(|_| self.inherited);
        &self.docs[..end.unwrap_or(self.docs.len())]
    }

    /// Returns the name of the field with the stated value of an inherited fact.
    pub fn stated_field(&self) -> Ident {
        format_ident!("stated_{}", self.field)
    }

    /// Returns the path of the implementation of `Value`.
    pub fn value(&self) -> TokenStream {
        let value_type = self.value_type;
        quote_spanned!(value_type.span()=> <#value_type as crate::domain::facts::value::Value>)
    }
}

/// A field with `#[localized]`.
pub struct Localized<'a> {
    pub field: &'a Ident,
    pub zh: Ident,
    pub en: Ident,
}

impl<'a> Localized<'a> {
    pub fn read(field: &'a Field, attribute: &Attribute) -> Result<Self> {
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

/// A field with `#[list]`.
pub struct List<'a> {
    pub field: &'a Ident,
}

impl<'a> List<'a> {
    pub fn read(field: &'a Field) -> Result<Self> {
        let name = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "a list needs a name"))?;
        Ok(Self { field: name })
    }
}

/// A field with `#[reference(…)]`.
pub struct Reference<'a> {
    pub field: &'a Ident,
    pub column: Ident,
    pub document: Path,
}

impl<'a> Reference<'a> {
    pub fn read(field: &'a Field, attribute: &Attribute) -> Result<Self> {
        let name = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "a reference needs a name"))?;
        Ok(Self { field: name, column: format_ident!("{name}_id"), document: attribute.parse_args()? })
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
pub fn camel_case(field: &Ident) -> LitStr {
    LitStr::new(&field.to_string().to_lower_camel_case(), Span::call_site())
}
