//! Trailing slashes of paths.

use actix_web::{
    dev::ServiceRequest,
    http::{Uri, uri::PathAndQuery},
};

/// Removes the slashes at the end of the path of a request, before it is routed.
pub fn remove_trailing_slash(request: &mut ServiceRequest) {
    if request.path().len() > 1
        && request.path().ends_with('/')
        && let Some(uri) = without_trailing_slash(request.uri())
    {
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
}

fn without_trailing_slash(uri: &Uri) -> Option<Uri> {
    let path = Some(uri.path().trim_end_matches('/')).filter(|path| !path.is_empty()).unwrap_or("/");
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{path}{query}")).ok()?);
    Uri::from_parts(parts).ok()
}
