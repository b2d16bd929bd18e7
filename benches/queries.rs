//! The GraphQL documents of the scenarios.

/// The fields of each model on a page: its own and its relations.
pub const NESTED: &str = "slug name kind releaseDate commercialUse maxParameters summary \
    sizes { label parameters trainingTokens } license { slug name commercialUse } datasets { slug name tokens } \
    organizations { slug name } links { kind title url }";

/// The first page of the default order.
pub fn page(first: usize) -> String {
    format!("{{ models(first: {first}) {{ nodes {{ {NESTED} }} pageInfo {{ hasNextPage endCursor }} }} }}")
}

/// A page in an order, after a cursor or at the start.
pub fn ordered_page(first: usize, field: &str, after: Option<&str>) -> String {
    let after = after.map(|cursor| format!(" after: {cursor:?}")).unwrap_or_default();
    format!(
        "{{ models(first: {first}{after} orderBy: [{{ field: {field} }}]) {{ nodes {{ {NESTED} }} \
         pageInfo {{ hasNextPage endCursor }} }} }}"
    )
}

/// The cursor of a model in an order.
pub fn cursor_of(slug: &str, field: &str) -> String {
    format!(
        "{{ models(first: 1 where: {{ slug: {{ eq: {slug:?} }} }} orderBy: [{{ field: {field} }}]) \
         {{ pageInfo {{ endCursor }} }} }}"
    )
}

/// One model with its relations.
pub fn model(slug: &str) -> String {
    format!("{{ model(slug: {slug:?}) {{ {NESTED} }} }}")
}

/// Conditions on the license and on the sizes that many models meet.
pub fn filter() -> String {
    filtered("license: { commercialUse: { eq: ALLOWED } } sizes: { some: { parameters: { gte: \"60B\" } } }")
}

/// Conditions on the same fields that about one model in a thousand meets.
pub fn narrow_filter() -> String {
    filtered(
        "license: { spdxId: { eq: \"AGPL-3.0-only\" } } \
         sizes: { some: { parameters: { gte: \"180B\" } trainingTokens: { gte: \"1T\" } } }",
    )
}

fn filtered(condition: &str) -> String {
    format!("{{ models(first: 50 where: {{ {condition} }}) {{ nodes {{ {NESTED} }} pageInfo {{ hasNextPage }} }} }}")
}

/// Every facet of all models.
pub const FACETS: &str = "{ models { totalCount facets { \
    commercialUse { value label count } licenses { value label count } kinds { value label count } \
    organizations { value label count } releaseYears { value label count } } } }";

/// The best hits for some words, of every type.
pub fn search(words: &str) -> String {
    format!("{{ search(query: {words:?} first: 20) {{ nodes {{ __typename ... on Model {{ slug name }} }} }} }}")
}

/// Creates a model with sizes and links that refers to existing subjects. Variable: `$input`.
pub const CREATE: &str = "mutation($input: CreateModelInput!) { \
    createModel(input: $input) { revision model { slug version license { slug } sizes { label } links { url } } } }";

/// The order fields of models, each with its SQL column.
pub const ORDERS: [(&str, &str); 8] = [
    ("POSITION", "position"),
    ("NAME", "name_key"),
    ("RELEASE_DATE", "release_date"),
    ("MAX_PARAMETERS", "max_parameters"),
    ("MAX_TRAINING_TOKENS", "max_training_tokens"),
    ("MAX_CONTEXT_LENGTH", "max_context_length"),
    ("CREATED_AT", "created_at"),
    ("UPDATED_AT", "updated_at"),
];
