//! What the server is compared with: a handler on the same HTTP stack that reads a request and answers the bytes of a file.

use std::{fs, io, net::TcpListener};

use actix_web::{App, HttpResponse, HttpServer, middleware::DefaultHeaders, web};
use open_llm_catalog::http::MAX_BODY;

/// The argument that makes this program the bare handler, behind it the file to answer with.
pub const ARGUMENT: &str = "bare-handler";

/// Serves on a free port, which it prints first as the server does.
pub fn serve(file: &str) -> io::Result<()> {
    let body = web::Bytes::from(fs::read(file)?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}/graphql", listener.local_addr()?);
    let server = HttpServer::new(move || {
        let body = body.clone();
        App::new()
            .app_data(web::PayloadConfig::new(MAX_BODY))
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
