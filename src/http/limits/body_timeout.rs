//! Bodies that arrive in time.

use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, ResponseError, dev::Payload, http::StatusCode, web};
use futures_util::future::LocalBoxFuture;
use tokio::time::timeout;

use crate::http::server::state::State;

/// The body of a request, or why there is none. One that takes too long is a failure with the status 408.
pub struct BodyWithTimeout(pub Result<web::Bytes, Error>);

impl FromRequest for BodyWithTimeout {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let patience = request.app_data::<web::Data<State>>().map(|state| state.timeouts.receive);
        let body = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let Some(patience) = patience else { return Ok(Self(body.await)) };
            Ok(Self(timeout(patience, body).await.unwrap_or_else(|_| Err(BodyTimeout.into()))))
        })
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the body did not arrive in time")]
struct BodyTimeout;

impl ResponseError for BodyTimeout {
    fn status_code(&self) -> StatusCode {
        StatusCode::REQUEST_TIMEOUT
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
