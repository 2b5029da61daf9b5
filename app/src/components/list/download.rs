//! A list as a file for spreadsheets: of this page, or of all pages as they come. A file that broke off breaks the
//! connection and never looks complete; a long one says first how long.

use axum::{
    Extension,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, Version, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt, TryStreamExt, stream};
use gateway::{Account, Error};
use leptos::prelude::*;

use super::{Batch, Batches, List, ListQuery, Listing, Shown, in_one, toolbar::Extent};
use crate::{
    components::{
        dialog::LinkDialog,
        icon::{Icon, icon},
    },
    errors::plain_page,
    visitor::Visitor,
    words::{count, csv},
};

/// From so many rows on it is said first how many they are and how long it takes.
const MANY: u64 = 500;

/// Largest file that is sent at once, in bytes.
const LARGEST_AT_ONCE: usize = 8 * 1024 * 1024;

/// The menu of files.
pub(super) fn menu<R>(list: &List<R>, query: &ListQuery, extent: Option<Extent>) -> Option<AnyView> {
    let Extent { here, total, is_whole, .. } = extent?;
    let all = match total {
        Some(total) if total == here => None,
        None if is_whole => None,
        Some(total) if total > MANY => {
            Some((query.asking_for_file(), format!("All {}…", count(total, list.unit))))
        }
        Some(total) => Some((query.file(false), format!("All {}", count(total, list.unit)))),
        // Nobody knows how many: that is said first too.
        None => Some((query.asking_for_file(), "All pages…".to_owned())),
    };
    let all = all.map(|(to, text)| view! { <li><a href=to>{text}</a></li> });
    let (this_page, to) = match &all {
        Some(_) => (format!("This page, {}", count(here, list.unit)), query.file(true)),
        None => (format!("Everything: {}", count(here, list.unit)), query.file(false)),
    };
    Some(
        view! {
            <details class="menu tool-menu">
                <summary>"Download CSV" {icon(Icon::Down)}</summary>
                <div class="menu-body">
                    <p class="menu-title">"As a file for spreadsheets"</p>
                    <ul class="menu-list"><li><a href=to>{this_page}</a></li>{all}</ul>
                    <p>"All columns, or those chosen under View; with exact times and plain numbers."</p>
                </div>
            </details>
        }
        .into_any(),
    )
}

/// What is said before a long file begins.
pub(super) fn question<L: Listing>(
    account: &Account,
    list: &List<L::Row>,
    query: &ListQuery,
    extent: Option<Extent>,
) -> Option<AnyView> {
    let Extent { total, per_page, .. } = extent.filter(|_| query.asks_for_file)?;
    let rows = total.map_or_else(|| format!("all {}", list.plural()), |total| count(total, list.unit));
    let a_minute = u64::from(account.background_per_minute());
    let rows_a_call = query.per_page.or(L::FILE_PAGE).unwrap_or(per_page).max(1);
    let takes = match total {
        _ if L::IS_OURS => "Vitosha has them itself: the provider is not asked.".to_owned(),
        Some(total) => {
            let requests = total.div_ceil(rows_a_call);
            let minutes = requests.div_ceil(a_minute);
            format!(
                "That is {} to the provider. They go out within half of its rate limit, so that you can go on \
                 working: about {}.",
                count(requests, "request"),
                count(minutes, "minute")
            )
        }
        None => format!(
            "The provider does not say how many there are. They are asked for page by page, within half of its rate \
             limit, so that you can go on working: at most {} a minute.",
            count(a_minute * rows_a_call, "row")
        ),
    };
    let words = format!(
        "{takes} If it breaks off, your browser says that the download failed: there is no file that only looks \
         complete."
    );
    let close = query.at_page(1);
    Some(
        view! {
            <LinkDialog title=format!("Download {rows}?") words=words close=close verb="Download"
                to=query.file(false) />
        }
        .into_any(),
    )
}

/// Answers with the file of a list.
pub async fn download<L: Listing>(Extension(visitor): Extension<Visitor>, request: Request) -> Response {
    let Some(account) = visitor.account else { return StatusCode::UNAUTHORIZED.into_response() };
    let address = request.uri().path_and_query().map_or("", |whole| whole.as_str()).to_owned();
    let list = L::list(&account).await;
    let query = match ListQuery::read(&list, &address) {
        Ok(query) => query,
        Err(problem) => return plain_page(StatusCode::UNPROCESSABLE_ENTITY, "No file", &problem),
    };
    if let Err(problem) = (list.check)(&query) {
        return plain_page(StatusCode::UNPROCESSABLE_ENTITY, "No file", &problem);
    }
    let lines = Lines::of(&list, &query);
    let only_page = address.contains("only=page");
    let name = list.name;
    let batches = if only_page {
        let contents = L::contents(&account, &list, &query).await;
        match contents.read {
            Ok(Shown::NotOffered(why)) => {
                return plain_page(StatusCode::UNPROCESSABLE_ENTITY, "No file", &why);
            }
            Ok(shown) => {
                let batch = in_one(&shown);
                stream::once(async move { batch }).boxed()
            }
            Err(error) => return no_file(&error),
        }
    } else {
        L::every(&account, list, query)
    };
    let old = request.version() < Version::HTTP_11;
    let file = answer(name, lines, batches).await;
    if old { whole(file).await } else { file }
}

/// Before HTTP/1.1 an answer ends where the connection ends, also when it broke: such a file is sent as a whole or not
/// at all. Some proxies still ask like that.
async fn whole(file: Response) -> Response {
    let (head, body) = file.into_parts();
    match axum::body::to_bytes(body, LARGEST_AT_ONCE).await {
        Ok(bytes) => Response::from_parts(head, Body::from(bytes)),
        Err(error) => {
            tracing::warn!(%error, "a file broke off or is too large to be sent at once");
            let words = "The file broke off, or is too large for the connection that asks (HTTP/1.0). Download it page by page.";
            plain_page(StatusCode::SERVICE_UNAVAILABLE, "No file", words)
        }
    }
}

/// What a file says of a row.
struct Lines<R: 'static> {
    heads: Vec<&'static str>,
    cells: Vec<fn(&R) -> String>,
}

impl<R> Lines<R> {
    fn of(list: &List<R>, query: &ListQuery) -> Self {
        // Who chose nothing gets all there is: a file is read by programs.
        let columns: Vec<_> =
            if query.columns.is_empty() { list.columns.iter().collect() } else { query.shown(list) };
        Self {
            heads: columns.iter().map(|column| column.head).collect(),
            cells: columns.iter().map(|column| column.text).collect(),
        }
    }

    fn line(&self, row: &R) -> String {
        let cells: Vec<String> = self.cells.iter().map(|cell| cell(row)).collect();
        csv::line(cells.iter().map(String::as_str))
    }

    /// The lines of a batch; what is missing in it stands in the first column.
    fn lines(&self, batch: &Batch<R>) -> String {
        let rows = batch.rows.iter().map(|row| self.line(row));
        let others = std::iter::repeat_n("", self.heads.len().saturating_sub(1));
        let missing = batch
            .missing
            .iter()
            .map(|words| csv::line(std::iter::once(words.as_str()).chain(others.clone())));
        rows.chain(missing).collect()
    }
}

/// The file. Its beginning is waited for, so that what fails at once is a page that says so.
async fn answer<R: Send + Sync + 'static>(name: &str, lines: Lines<R>, mut batches: Batches<R>) -> Response {
    let first = match batches.next().await {
        Some(Err(error)) => return no_file(&error),
        Some(Ok(batch)) => batch,
        None => Batch::of(Vec::new(), 0),
    };
    let heads = format!("{}{}", csv::BEGINNING, csv::line(lines.heads.iter().copied()));
    let mut opening = Some(heads);
    let text = stream::once(async { Ok(first) }).chain(batches).map_ok(move |batch: Batch<R>| {
        let rows = lines.lines(&batch);
        Bytes::from(format!("{}{rows}", opening.take().unwrap_or_default()))
    });
    let mut response = Body::from_stream(text.map_err(std::io::Error::other)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\""));
    headers
        .insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    response
}

fn no_file(error: &Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    plain_page(status, "No file", &error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Lines<u8> {
        Lines {
            heads: vec!["Tree", "Height, m"],
            cells: vec![|_| "=oak".to_owned(), |height| height.to_string()],
        }
    }

    async fn pieces(batches: Vec<Result<Vec<u8>, Error>>) -> Vec<Result<Bytes, axum::Error>> {
        told(batches.into_iter().map(|rows| rows.map(|rows| Batch::of(rows, 0))).collect()).await
    }

    async fn told(batches: Vec<Result<Batch<u8>, Error>>) -> Vec<Result<Bytes, axum::Error>> {
        let response = answer("trees", lines(), stream::iter(batches).boxed()).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body().into_data_stream().collect().await
    }

    #[tokio::test]
    async fn a_file_holds_a_head_and_a_line_for_each_row_and_no_formulas() {
        let told: Vec<u8> =
            pieces(vec![Ok(vec![30]), Ok(vec![20])]).await.into_iter().flat_map(Result::unwrap).collect();
        assert_eq!(
            String::from_utf8(told).unwrap(),
            "\u{feff}Tree,\"Height, m\"\r\n'=oak,30\r\n'=oak,20\r\n"
        );
        assert_eq!(pieces(Vec::new()).await.len(), 1, "an empty list still has its head");
    }

    #[tokio::test]
    async fn what_could_not_be_read_has_a_line_of_its_own() {
        let told = told(vec![Ok(Batch::of(vec![30], 2)), Ok(Batch::of(vec![20], 0))]).await;
        let text: Vec<u8> = told.into_iter().flat_map(Result::unwrap).collect();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "\u{feff}Tree,\"Height, m\"\r\n'=oak,30\r\n\
             2 rows could not be understood and cannot be shown here.,\r\n'=oak,20\r\n"
        );
    }

    #[tokio::test]
    async fn a_file_that_breaks_off_is_broken_and_not_just_short() {
        let told = pieces(vec![Ok(vec![30]), Err(Error::Internal)]).await;
        assert!(told.first().is_some_and(Result::is_ok) && told.last().is_some_and(Result::is_err));
    }

    #[tokio::test]
    async fn where_an_end_cannot_be_told_from_a_break_it_is_sent_as_a_whole() {
        let file = |last: Result<Vec<u8>, Error>| async {
            let batches = [Ok(Batch::of(vec![30], 0)), last.map(|rows| Batch::of(rows, 0))];
            whole(answer("trees", lines(), stream::iter(batches).boxed()).await).await
        };
        let good = file(Ok(vec![20])).await;
        assert_eq!(good.status(), StatusCode::OK);
        assert!(axum::body::to_bytes(good.into_body(), 1000).await.unwrap().ends_with(b"'=oak,20\r\n"));
        assert_eq!(file(Err(Error::Internal)).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn a_file_that_cannot_begin_is_a_page_that_says_so() {
        let batches: Batches<u8> = stream::iter([Err(Error::ProviderFault)]).boxed();
        let response = answer("trees", lines(), batches).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(response.headers().get(header::CONTENT_DISPOSITION).is_none());
    }
}
