//! The baseline: a bare handler on the same HTTP stack that reads each request and responds with the bytes of a file.

use std::{fs, io, net::TcpListener};

use actix_web::{App, HttpResponse, HttpServer, middleware::DefaultHeaders, web};
use open_llm_catalog::http::limits::body::MAX_BODY_BYTES;

/// The first argument that turns this program into the baseline server; the second is the file with the response body.
pub const ARGUMENT: &str = "serve-baseline";

/// Serves on a free port, and prints its URL first as the server does.
pub fn serve(file: &str) -> io::Result<()> {
    let body = web::Bytes::from(fs::read(file)?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}/graphql", listener.local_addr()?);
    let server = HttpServer::new(move || {
        let body = body.clone();
        App::new()
            .app_data(web::PayloadConfig::new(MAX_BODY_BYTES))
            .wrap(
                DefaultHeaders::new()
                    .add(("x-content-type-options", "nosniff"))
                    .add(("referrer-policy", "no-referrer")),
            )
            .service(web::resource("/graphql").default_service(web::to(move |request: web::Bytes| {
                let body = body.clone();
                async move {
                    drop(request);
                    HttpResponse::Ok().content_type("application/graphql-response+json; charset=utf-8").body(body)
                }
            })))
    });
    actix_web::rt::System::new().block_on(server.listen(listener)?.run())
}
