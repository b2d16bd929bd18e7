//! What is asked.

/// What a page shows of each model: itself and everything that belongs to it.
pub const NESTED: &str = "slug name kind releaseDate commercialUse maxParameters summary \
    sizes { label parameters trainingTokens } license { slug name commercialUse } datasets { slug name tokens } \
    organizations { slug name } links { kind title url }";

/// The first page of the default order.
pub fn page(first: usize) -> String {
    format!("{{ models(first: {first}) {{ nodes {{ {NESTED} }} pageInfo {{ hasNextPage endCursor }} }} }}")
}

/// A page in an order, behind a cursor or at the beginning.
pub fn ordered_page(first: usize, field: &str, after: Option<&str>) -> String {
    let after = after.map(|cursor| format!(" after: {cursor:?}")).unwrap_or_default();
    format!(
        "{{ models(first: {first}{after} orderBy: [{{ field: {field} }}]) {{ nodes {{ {NESTED} }} \
         pageInfo {{ hasNextPage endCursor }} }} }}"
    )
}

/// The place of a model in an order.
pub fn place(slug: &str, field: &str) -> String {
    format!(
        "{{ models(first: 1 where: {{ slug: {{ eq: {slug:?} }} }} orderBy: [{{ field: {field} }}]) \
         {{ pageInfo {{ endCursor }} }} }}"
    )
}

/// One model with everything that belongs to it.
pub fn model(slug: &str) -> String {
    format!("{{ model(slug: {slug:?}) {{ {NESTED} }} }}")
}

/// A condition on the license and one on the sizes that many models fulfil.
pub fn filter() -> String {
    filtered("license: { commercialUse: { eq: ALLOWED } } sizes: { some: { parameters: { gte: \"60B\" } } }")
}

/// The same that about one model in a thousand fulfils.
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

/// The best hits for some words, of every noun.
pub fn search(words: &str) -> String {
    format!("{{ search(query: {words:?} first: 20) {{ nodes {{ __typename ... on Model {{ slug name }} }} }} }}")
}

/// A model with sizes and links that refers to what is there. Its input is `$input`.
pub const CREATE: &str = "mutation($input: CreateModelInput!) { \
    createModel(input: $input) { revision model { slug version license { slug } sizes { label } links { url } } } }";

/// What models can be ordered by, each with the SQL of a column.
pub const ORDERS: [(&str, &str); 7] = [
    ("POSITION", "position"),
    ("NAME", "name_key"),
    ("RELEASE_DATE", "release_date"),
    ("MAX_PARAMETERS", "max_parameters"),
    ("MAX_TRAINING_TOKENS", "max_training_tokens"),
    ("CREATED_AT", "created_at"),
    ("UPDATED_AT", "updated_at"),
];
