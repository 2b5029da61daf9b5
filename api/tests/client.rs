//! What travels and what is made of the answer: files, limits, routes that correct themselves.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;

use std::io;

use bytes::Bytes;
use futures::{StreamExt, stream};
use provider::{Provider, answer, client, endless};
use vpsbg_api::{
    AttachFloatingIps, Body, Content, CreateTicket, DownloadInvoices, Effects, Evidence, FilePart,
    FileStream, FloatingIpId, GetAffiliate, GetUser, Info, ListInvoices, ListServerStatuses,
    ListSupportPlans, Method, Operation, PayOrders, PaymentMethod, Permission, Spelling,
    UpdateServerHostname, client::Failure,
};

const OK: &str = "200 OK";
const PIECE: usize = 64 * 1024;

/// A file of `pieces` times 64 KiB that says to be `length` long.
fn file(pieces: usize, length: usize) -> FileStream {
    let piece = Bytes::from(vec![b'x'; PIECE]);
    FileStream::new(length as u64, stream::iter((0..pieces).map(move |_| io::Result::Ok(piece.clone()))))
}

/// An upload with two spellings, the second of which exists.
#[derive(Debug, Clone)]
struct Upload(Content);

impl Operation for Upload {
    type Answer = ();
    const INFO: Info =
        Info::new("upload", Method::Post, "/first", Evidence::Inferred, Permission::BootManage)
            .or(&[Spelling { method: Method::Post, path: "/second" }]);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        let file = FilePart {
            field: "file",
            name: "kernel.efi".to_owned(),
            media_type: "application/octet-stream".to_owned(),
            content: self.0.clone(),
        };
        Body::Multipart { fields: vec![("name", "value".to_owned())], files: vec![file] }
    }
}

fn only_the_second(line: &str) -> Vec<u8> {
    if line.contains("/second") { answer("204 No Content", "", b"") } else { answer("405 No", "", b"{}") }
}

#[tokio::test]
async fn a_streamed_file_arrives_whole_with_its_length() {
    let provider = Provider::start(|_| answer("204 No Content", "", b"")).await;
    let length = 100 * PIECE;
    provider.client().send(&Upload(Content::Streamed(file(100, length)))).await.unwrap();
    let asked = &provider.asked()[0];
    assert_eq!(asked.announced, asked.came);
    assert!(asked.came > length && asked.came < length + 1024, "{}", asked.came);
    assert!(asked.body.contains("kernel.efi") && asked.body.contains("name=\"file\""), "{}", asked.body);
    assert!(!asked.headers.iter().any(|line| line.starts_with("transfer-encoding")), "{:?}", asked.headers);
}

#[tokio::test]
async fn a_route_that_does_not_exist_costs_a_stream_once() {
    let provider = Provider::start(only_the_second).await;
    let client = provider.client();
    let first = Upload(Content::Streamed(file(4, 4 * PIECE)));
    let failure = client.send(&first).await.unwrap_err();
    assert_eq!(failure, Failure::FileUsedUp);
    assert!(failure.was_not_done() && !failure.was_never_sent());
    // The same value again cannot be sent; nothing goes out.
    assert_eq!(client.send(&first.clone()).await.unwrap_err(), Failure::FileUsedUp);
    assert_eq!(provider.lines(), ["POST /v1/first"]);
    // With the file anew the next spelling is tried.
    client.send(&Upload(Content::Streamed(file(4, 4 * PIECE)))).await.unwrap();
    assert_eq!(provider.lines(), ["POST /v1/first", "POST /v1/second"]);
}

#[tokio::test]
async fn bytes_follow_the_route_at_once() {
    let provider = Provider::start(only_the_second).await;
    let upload = Upload(Content::from(vec![1; 1000]));
    let received = provider.client().send(&upload).await.unwrap();
    assert_eq!(received.spelling.path, "/second");
    assert_eq!(provider.lines(), ["POST /v1/first", "POST /v1/second"]);
}

#[tokio::test]
async fn a_connection_that_was_never_made_leaves_the_file_unread() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let content = Content::Streamed(file(4, 4 * PIECE));
    let base = format!("http://{closed}/v1").parse().unwrap();
    let failure = client(base).send(&Upload(content.clone())).await.unwrap_err();
    assert!(failure.was_never_sent(), "{failure:?}");
    assert!(content.can_be_sent());
    let provider = Provider::start(|_| answer("204 No Content", "", b"")).await;
    provider.client().send(&Upload(content.clone())).await.unwrap();
    assert!(!content.can_be_sent());
}

#[tokio::test]
async fn a_file_of_another_length_never_arrives_whole() {
    for pieces in [3, 5] {
        let provider = Provider::start(|_| answer("204 No Content", "", b"")).await;
        let failure =
            provider.client().send(&Upload(Content::Streamed(file(pieces, 4 * PIECE)))).await.unwrap_err();
        assert!(matches!(failure, Failure::Broken(_)), "{failure:?}");
        assert!(provider.asked().iter().all(|asked| asked.came < asked.announced));
    }
}

#[tokio::test]
async fn a_stream_is_read_once_and_to_its_length() {
    let kinds = |results: Vec<io::Result<Bytes>>| -> Vec<Option<io::ErrorKind>> {
        results.into_iter().map(|piece| piece.err().map(|error| error.kind())).collect()
    };
    let whole = file(2, 2 * PIECE);
    assert_eq!(kinds(whole.read().collect().await), [None, None]);
    assert_eq!(kinds(whole.clone().read().collect().await), [Some(io::ErrorKind::Other)], "read already");
    let short = file(2, 2 * PIECE + 1).read();
    assert_eq!(kinds(short.collect().await), [None, None, Some(io::ErrorKind::UnexpectedEof)]);
    let long = file(2, 2 * PIECE - 1).read();
    assert_eq!(kinds(long.collect().await), [None, Some(io::ErrorKind::Other)]);
    // Two readers at once: who asks first has it all.
    let shared = file(1, PIECE);
    let (one, other) = (shared.read(), shared.read());
    assert!(!shared.is_used_up());
    assert_eq!(kinds(other.collect().await), [None]);
    assert_eq!(kinds(one.collect().await), [Some(io::ErrorKind::Other)]);
}

#[tokio::test]
async fn a_file_that_breaks_off_never_arrives_whole() {
    let provider = Provider::start(|_| answer("204 No Content", "", b"")).await;
    let pieces = [Ok(Bytes::from_static(b"begun")), Err(io::Error::other("the browser has gone"))];
    let broken = FileStream::new(1000, stream::iter(pieces));
    let failure = provider.client().send(&Upload(Content::Streamed(broken))).await.unwrap_err();
    assert!(matches!(failure, Failure::Broken(_)), "{failure:?}");
    assert!(!failure.was_not_done());
}

#[tokio::test]
async fn a_ticket_carries_its_files() {
    let provider = Provider::start(|_| answer("200 OK", "", br#"{"id":731}"#)).await;
    let file = |name: &str, content: Content| FilePart {
        field: "attachments[]",
        name: name.to_owned(),
        media_type: "text/plain".to_owned(),
        content,
    };
    let ticket = CreateTicket {
        department: "2".parse().unwrap(),
        subject: "Subject".to_owned(),
        message: "Message".to_owned(),
        service: None,
        files: vec![
            file("whole.txt", b"content one".to_vec().into()),
            file("stream.txt", Content::Streamed(FileStream::new(3, stream::iter([Ok(Bytes::from("two"))])))),
        ],
    };
    provider.client().send(&ticket).await.unwrap();
    let body = &provider.asked()[0].body;
    for part in ["department_id", "whole.txt", "content one", "stream.txt", "two"] {
        assert!(body.contains(part), "{part}: {body}");
    }
    let improper = CreateTicket {
        files: vec![FilePart { media_type: "no".to_owned(), ..file("a", vec![1].into()) }],
        ..ticket
    };
    let failure = provider.client().send(&improper).await.unwrap_err();
    assert!(failure.was_never_sent(), "{failure:?}");
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_refused_whether_its_length_is_told_or_not() {
    let told = Provider::start(|_| answer(OK, "", &vec![b' '; 8 * 1024 * 1024 + 1])).await;
    let untold = Provider::start(|_| endless(&vec![b' '; 8 * 1024 * 1024 + 1])).await;
    for provider in [told, untold] {
        let failure = provider.client().send(&GetUser).await.unwrap_err();
        assert_eq!(failure, Failure::Nonsense { status: 200, why: "longer than 8 MiB".to_owned() });
    }
}

#[tokio::test]
async fn nothing_in_place_of_a_list_is_no_empty_list() {
    let provider = Provider::start(|_| answer(OK, "", b"null")).await;
    let list = ListInvoices { page: 1 };
    for failure in [
        provider.client().send(&list).await.map(|_| ()).unwrap_err(),
        provider.client().send(&ListServerStatuses).await.map(|_| ()).unwrap_err(),
    ] {
        let why = "null in place of an answer".to_owned();
        assert_eq!(failure, Failure::Nonsense { status: 200, why });
    }
}

/// Nothing is unpacked: what is packed was not asked for, and cannot grow.
#[tokio::test]
async fn packed_answers_are_neither_asked_for_nor_unpacked() {
    let provider = Provider::start(|_| {
        answer(OK, "content-encoding: gzip\r\n", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0])
    })
    .await;
    let failure = provider.client().send(&GetUser).await.unwrap_err();
    assert!(matches!(&failure, Failure::Nonsense { why, .. } if why.starts_with("not JSON")), "{failure:?}");
    let headers = provider.asked()[0].headers.clone();
    assert!(!headers.iter().any(|line| line.starts_with("accept-encoding")), "{headers:?}");
}

#[tokio::test]
async fn a_redirect_is_no_answer() {
    let provider = Provider::start(|_| answer("302 Found", "location: http://127.0.0.1:9/\r\n", b"")).await;
    let failure = provider.client().send(&GetUser).await.unwrap_err();
    assert!(matches!(failure, Failure::Nonsense { status: 302, .. }), "{failure:?}");
}

#[tokio::test]
async fn a_download_ends_with_an_error_beyond_its_limit() {
    let invoices = DownloadInvoices { ids: vec!["8801".parse().unwrap()] };
    let told = Provider::start(|_| answer(OK, "content-type: application/zip\r\n", &[0; 1001])).await;
    assert!(matches!(told.client().download(&invoices, 1000).await, Err(Failure::Nonsense { .. })));
    let untold = Provider::start(|_| endless(&[0; 1001])).await;
    let download = untold.client().download(&invoices, 1000).await.unwrap_or_else(|_| panic!());
    let pieces: Vec<_> = download.into_stream().collect().await;
    assert!(matches!(pieces.last(), Some(Err(Failure::Nonsense { .. }))));
    let fits = told.client().download(&invoices, 1001).await.unwrap_or_else(|_| panic!());
    assert_eq!((fits.length, fits.content_type.as_deref()), (Some(1001), Some("application/zip")));
    let pieces: Vec<_> = fits.into_stream().map(|piece| piece.unwrap().len()).collect().await;
    assert_eq!(pieces.iter().sum::<usize>(), 1001);
}

#[tokio::test]
async fn a_cut_download_never_looks_complete() {
    let cut = Provider::start(|_| {
        let mut whole = answer(OK, "", &[0; 1000]);
        whole.truncate(whole.len() - 1);
        whole
    })
    .await;
    let invoices = DownloadInvoices { ids: vec!["8801".parse().unwrap()] };
    let download = cut.client().download(&invoices, 5000).await.unwrap_or_else(|_| panic!());
    let pieces: Vec<_> = download.into_stream().collect().await;
    assert!(matches!(pieces.last(), Some(Err(Failure::Broken(_)))));
}

fn attach(ids: &[&str]) -> AttachFloatingIps {
    let ids: Vec<FloatingIpId> = ids.iter().map(|id| id.parse().unwrap()).collect();
    AttachFloatingIps { ids, server: "7".parse().unwrap() }
}

#[tokio::test]
async fn several_are_not_sent_to_a_route_for_one() {
    let provider = Provider::start(|line| {
        if line.contains("/918/") { answer("204 No Content", "", b"") } else { answer("405 No", "", b"{}") }
    })
    .await;
    let client = provider.client();
    assert_eq!(client.send(&attach(&["918", "919"])).await.unwrap_err(), Failure::NotOffered);
    assert_eq!(provider.lines(), ["POST /v1/floating-ips/attach"]);
    // That says nothing about one: it finds its route. And a guessed change may answer with nothing at all.
    let received = client.send(&attach(&["918"])).await.unwrap();
    assert_eq!((received.value, received.spelling.path), (None, "/floating-ips/{id}/attach"));
    assert_eq!(provider.lines()[1..], ["POST /v1/floating-ips/918/attach"]);
}

#[tokio::test]
async fn no_affiliate_is_an_answer_and_no_support_plans_a_wrong_route() {
    let provider = Provider::start(|line| match line {
        "GET /v1/support" => answer(OK, "", br#"[{"key":"professional"}]"#),
        _ => answer("404 Not Found", "", br#"{"message":"Not found."}"#),
    })
    .await;
    let client = provider.client();
    for _ in 0..2 {
        let failure = client.send(&GetAffiliate).await.unwrap_err();
        assert_eq!(failure.status(), Some(404), "{failure:?}");
    }
    assert_eq!(client.send(&ListSupportPlans).await.unwrap().value.len(), 1);
    let expected = ["GET /v1/affiliate", "GET /v1/affiliate", "GET /v1/support/plans", "GET /v1/support"];
    assert_eq!(provider.lines(), expected);
}

#[tokio::test]
async fn a_payment_follows_only_the_providers_own_words() {
    let pay = PayOrders { ids: vec!["7".parse().unwrap()], payment_method: PaymentMethod::Balance };
    let vague = Provider::start(|_| answer("404 Not Found", "", br#"{"message":"Not found."}"#)).await;
    let failure = vague.client().send(&pay).await.unwrap_err();
    assert_eq!((failure.status(), vague.lines().len()), (Some(404), 1));
    let plain = Provider::start(|line| match line {
        "POST /v1/orders" => answer(OK, "", br#"{"data":[{"id":7,"status":"paid"}]}"#),
        _ => answer("404 Not Found", "", br#"{"message":"The route v1/orders/pay could not be found."}"#),
    })
    .await;
    let orders = plain.client().send(&pay).await.unwrap().value.unwrap();
    assert_eq!((orders.len(), plain.lines().len()), (1, 2));
}

/// A success that cannot be read is still a success where the answer is only a guess; but what costs money is only
/// bought when the answer shows it.
#[tokio::test]
async fn a_guessed_change_is_done_whatever_its_answer_says() {
    for body in [&b""[..], b"OK", b"[]", br#"{"data":{"id":"x"}}"#, b"<html>"] {
        let body = Box::leak(body.to_vec().into_boxed_slice());
        ANSWER.with(|answer| answer.set(body));
        let provider = Provider::start(|_| answer(OK, "", ANSWER.with(std::cell::Cell::get))).await;
        let pay = PayOrders { ids: vec!["7".parse().unwrap()], payment_method: PaymentMethod::Balance };
        let rename = UpdateServerHostname { id: "7".parse().unwrap(), hostname: "a".to_owned() };
        let received = provider.client().send(&rename).await;
        assert!(received.is_ok(), "{:?}: {received:?}", String::from_utf8_lossy(body));
        let paid = provider.client().send(&pay).await;
        let shows_it = body.starts_with(b"{");
        assert_eq!(paid.is_ok(), shows_it, "{:?}: {paid:?}", String::from_utf8_lossy(body));
    }
}

thread_local! {
    static ANSWER: std::cell::Cell<&'static [u8]> = const { std::cell::Cell::new(b"") };
}

#[tokio::test]
async fn a_cut_answer_is_not_taken_for_a_short_one() {
    const USER: &[u8] = br#"{"name":"Example","email":"dev@example.org","newsletter":false}"#;
    let told = Provider::start(|line| {
        let cut: usize = line.rsplit('/').next().unwrap().parse().unwrap();
        answer(OK, "", &USER[..cut])
    })
    .await;
    let untold = Provider::start(|line| {
        let cut: usize = line.rsplit('/').next().unwrap().parse().unwrap();
        let mut whole = answer(OK, "", USER);
        whole.truncate(whole.len() - USER.len() + cut);
        whole
    })
    .await;
    for cut in 0..USER.len() {
        let failure = told.client().send(&UserCut(cut)).await.unwrap_err();
        assert!(matches!(failure, Failure::Nonsense { status: 200, .. }), "{cut}: {failure:?}");
        let failure = untold.client().send(&UserCut(cut)).await.unwrap_err();
        assert!(matches!(failure, Failure::Broken(_)), "{cut}: {failure:?}");
        assert!(!failure.was_not_done());
    }
}

/// `GET /user`, with the place of the cut in its path.
#[derive(Debug, Clone)]
struct UserCut(usize);

impl Operation for UserCut {
    type Answer = vpsbg_api::User;
    const INFO: Info =
        Info::new("cut", Method::Get, "/user/{cut}", Evidence::Inferred, Permission::AccountRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("cut", self.0.to_string())]
    }
}
