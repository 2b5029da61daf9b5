//! How much memory a call may take, whatever travels: counted by the allocator of this test.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/provider.rs"]
mod provider;

use std::{
    io,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
};

use bytes::Bytes;
use futures::{StreamExt, stream};
use peak_alloc::PeakAlloc;
use provider::{Provider, answer};
use vpsbg_api::{
    Content, DownloadInvoices, FileStream, ListServers, ServerFilter, UploadMeasuredBootImage,
    client::Failure,
};

const MIB: usize = 1024 * 1024;
const PIECE: usize = 64 * 1024;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Forgets the peak so far, and gives what is held now.
fn start() -> usize {
    ALLOCATOR.reset_peak_usage();
    ALLOCATOR.current_usage()
}

fn peak_since(start: usize) -> usize {
    ALLOCATOR.peak_usage().saturating_sub(start)
}

fn servers() -> ListServers {
    ListServers { page: 1, per_page: None, filter: ServerFilter::default(), sort: None }
}

/// One test, because the count is of the whole process.
#[tokio::test]
async fn memory_is_bounded_whatever_travels() {
    uploads_are_not_held().await;
    downloads_are_not_held().await;
    endless_answers_are_given_up().await;
    dense_answers_are_refused_before_they_are_read().await;
    large_honest_answers_are_read().await;
}

async fn uploads_are_not_held() {
    let provider = Provider::start(|_| answer("201 Created", "", br#"{"id":412}"#)).await;
    let client = provider.client();
    let before = start();
    let pieces = stream::iter((0..1024).map(|_| io::Result::Ok(Bytes::from(vec![b'x'; PIECE]))));
    let content = Content::Streamed(FileStream::new(64 * MIB as u64, pieces));
    client.send(&UploadMeasuredBootImage { name: "kernel.efi".to_owned(), content }).await.unwrap();
    let peak = peak_since(before);
    assert!(provider.asked()[0].came > 64 * MIB);
    assert!(peak < 4 * MIB, "64 MiB went out and {peak} bytes were held");
}

async fn downloads_are_not_held() {
    let provider = Provider::blanks(1024).await;
    let client = provider.client();
    let before = start();
    let invoices = DownloadInvoices { ids: vec!["8801".parse().unwrap()] };
    let download = client.download(&invoices, 100 * MIB as u64).await.unwrap_or_else(|_| panic!());
    let came = download.into_stream().fold(0, |sum, piece| async move { sum + piece.unwrap().len() }).await;
    let peak = peak_since(before);
    assert_eq!(came, 64 * MIB);
    assert!(peak < 4 * MIB, "64 MiB came in and {peak} bytes were held");
}

async fn endless_answers_are_given_up() {
    let provider = Provider::blanks(16 * 1024).await;
    let client = provider.client();
    let before = start();
    let failure = client.send(&servers()).await.unwrap_err();
    let peak = peak_since(before);
    assert_eq!(failure, Failure::Nonsense { status: 200, why: "longer than 8 MiB".to_owned() });
    // The body so far, and its place when it last grew.
    assert!(peak < 28 * MIB, "{peak} bytes for an answer of 1 GiB");
}

/// Answers of 8 MiB that would take up to eighty times as much as trees.
async fn dense_answers_are_refused_before_they_are_read() {
    static WHICH: AtomicUsize = AtomicUsize::new(0);
    const DENSE: [(&str, &str, &str); 4] = [
        ("[", r#"{"a":1},"#, "0]"),
        ("[", "0,", "0]"),
        (r#"{"data":["#, "[[]],", "0]}"),
        ("[", r#"{"":[]},"#, "0]"),
    ];
    for (which, (_, row, _)) in DENSE.iter().enumerate() {
        WHICH.store(which, SeqCst);
        let provider = Provider::start(|_| {
            let (begin, row, end) = DENSE[WHICH.load(SeqCst)];
            answer(
                "200 OK",
                "",
                format!("{begin}{}{end}", row.repeat((8 * MIB - 100) / row.len())).as_bytes(),
            )
        })
        .await;
        let client = provider.client();
        let before = start();
        let failure = client.send(&servers()).await.unwrap_err();
        let peak = peak_since(before);
        assert!(
            matches!(&failure, Failure::Nonsense { why, .. } if why.starts_with("too many values")),
            "{failure:?}"
        );
        // The provider of this test holds its answer several times over.
        assert!(peak < 64 * MIB, "{peak} bytes for {row}");
    }
}

async fn large_honest_answers_are_read() {
    let provider = Provider::start(|_| {
        let row = |id: usize| {
            format!(
                r#"{{"id":{id},"hostname":"web-{id}","status":"active","billing_cycle":1,"locked":false,
                "plan":{{"id":104,"type":"cloud-vps","name":"2 GB","vcpus":2,"memory":2,"price":22.33}},
                "server_image":{{"id":73,"name":"Ubuntu 22.04","group":{{"name":"Ubuntu","type":"os"}}}},
                "ip_addresses":[{{"id":{id},"ip_address":"203.0.113.24","version":4,"type":"public","main":true,
                "ddos_protected":false,"ptr":{{"203.0.113.24":"web.example.org"}}}}],"addons":[]}}"#
            )
        };
        let rows: Vec<_> = (1..=5000).map(row).collect();
        answer("200 OK", "", format!(r#"{{"data":[{}]}}"#, rows.join(",")).as_bytes())
    })
    .await;
    let client = provider.client();
    let before = start();
    let page = client.send(&servers()).await.unwrap().value;
    let peak = peak_since(before);
    assert_eq!((page.rows.len(), page.broken), (5000, 0));
    assert!(peak < 100 * MIB, "{peak} bytes for 5,000 servers");
    println!("5,000 servers: peak {} MiB", peak / MIB);
}
