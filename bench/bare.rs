//! The measure of `make bench`: the least an axum server can do for a page. Reads the file named by its
//! argument once, and sends it to everybody who asks for `/`.

use axum::{Router, body::Bytes, http::header, routing::get};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("usage: bare FILE")?;
    let page = Bytes::from(std::fs::read(file)?);
    let answer = move || {
        let page = page.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page) }
    };

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("Bare listens at http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(answer))).await?;
    Ok(())
}
