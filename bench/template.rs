//! The other measure of `make bench`: the same page from a compiled template, the quickest way to make HTML that people
//! still like to write. The frame of the page is literal; its rows are rendered from values for each request.
//!
//! The template is written by `scripts/bench-parts/template.mjs` from the page as the dashboard sends it, so that both
//! stay the same page when the page changes. It needs `page`, a function of [`Row`]s.

use std::sync::Arc;

use axum::{Router, http::header, routing::get};
use maud::{PreEscaped, html};

/// A row of the table: which of the markups of the template it has, and what is put into it.
struct Row {
    markup: usize,
    values: Vec<String>,
}

include!(env!("BENCH_TEMPLATE"));

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("usage: template ROWS")?;
    let rows: Arc<[Row]> = std::fs::read_to_string(file)?.lines().map(row).collect::<Result<_, _>>()?;
    let answer = move || {
        let rows = Arc::clone(&rows);
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page(&rows).into_string()) }
    };

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("Template listens at http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(answer))).await?;
    Ok(())
}

/// A line of the file: the number of the markup and the values, separated by tabulators.
fn row(line: &str) -> Result<Row, std::num::ParseIntError> {
    let mut parts = line.split('\t');
    let markup = parts.next().unwrap_or_default().parse()?;
    Ok(Row { markup, values: parts.map(str::to_owned).collect() })
}
