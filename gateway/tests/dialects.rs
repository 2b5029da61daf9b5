//! The contract is partly a guess: routes correct themselves, what is not offered is said, invoices and files are
//! found all the same.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use futures::StreamExt;
use gateway::{Account, Error, FoundInvoice};
use sandbox::{Stage, quick, remembering, servers};
use serde_json::{Value, json};
use vpsbg_api::{
    AttachmentId, CreateIso, DeleteIso, DownloadAttachment, DownloadInvoice, File, GetBalance, GetIso,
    GetServer, GetServerMetrics, GetServerStatus, GetTicket, GetUser, InvoiceId, ListDepartments,
    ListInvoices, ListIsos, ListServerStatuses, ListServices, ListTickets, Operation, PowerOffServer,
    ResolveTicket, TicketId,
};
use vpsbg_sandbox::Seed;

/// What can be named of the typical account.
struct Things {
    server: vpsbg_api::ServerId,
    invoice: InvoiceId,
    iso: vpsbg_api::IsoId,
    ticket: TicketId,
    attachment: AttachmentId,
}

fn id<T: std::str::FromStr>(value: &Value) -> T
where
    T::Err: std::fmt::Debug,
{
    value.to_string().parse().unwrap()
}

async fn things(stage: &Stage) -> Things {
    let tickets = stage.tell("/support/tickets").await;
    let rows = tickets["data"].as_array().unwrap();
    let ticket = rows.iter().find(|row| row["subject"] == "No route to the server").unwrap();
    let whole = stage.tell(&format!("/support/tickets/{}", ticket["id"])).await;
    Things {
        server: stage.server_id("web-1").await,
        invoice: id(&stage.tell("/invoices").await["data"][0]["id"]),
        iso: id(&stage.tell("/isos").await["data"][0]["id"]),
        ticket: id(&ticket["id"]),
        attachment: id(&whole["messages"][0]["attachments"][0]["id"]),
    }
}

async fn reads<O: Operation>(account: &Account, operation: O) -> Result<(), Error> {
    account.read(&operation).await.map(drop)
}

async fn bytes<O: Operation<Answer = File>>(account: &Account, operation: O) -> Result<Vec<u8>, Error> {
    let mut file = account.download(&operation).await?;
    let mut all = Vec::new();
    while let Some(chunk) = file.bytes.next().await {
        all.extend_from_slice(&chunk?);
    }
    Ok(all)
}

#[tokio::test]
async fn under_every_spelling_everything_works() {
    for dialect in ["as-written", "first", "last"] {
        let stage = Stage::set(Seed::Typical).await;
        let things = things(&stage).await;
        stage.order("dialect", json!({ "dialect": dialect })).await;
        let account = stage.account(quick()).await;
        for round in 0..2 {
            let told = [
                reads(&account, GetUser).await,
                reads(&account, GetBalance).await,
                reads(&account, servers(1)).await,
                reads(&account, GetServer { id: things.server, with_app_guide: false }).await,
                reads(&account, GetServerStatus { id: things.server }).await,
                reads(&account, GetServerMetrics { id: things.server, month: None }).await,
                reads(&account, ListServerStatuses).await,
                reads(&account, ListIsos { page: 1 }).await,
                reads(&account, GetIso { id: things.iso }).await,
                reads(&account, ListInvoices { page: 1 }).await,
                reads(&account, ListTickets { page: 1, status: Vec::new() }).await,
                reads(&account, GetTicket { id: things.ticket }).await,
                reads(&account, ListDepartments).await,
                reads(&account, ListServices).await,
            ];
            assert!(told.iter().all(Result::is_ok), "{dialect}, round {round}: {told:?}");
        }
        assert!(bytes(&account, DownloadInvoice { id: things.invoice }).await.unwrap().starts_with(b"%PDF-"));
        let file = DownloadAttachment { ticket: things.ticket, attachment: things.attachment };
        assert!(!bytes(&account, file).await.unwrap().is_empty(), "{dialect}");
        account.act(&PowerOffServer { id: things.server }).await.unwrap();
        account.act(&ResolveTicket { id: things.ticket }).await.unwrap();
        let resolved = account.read(&GetTicket { id: things.ticket }).await.unwrap();
        assert!(resolved.value.can_resolve().is_err(), "{dialect}");
    }
}

#[tokio::test]
async fn the_spelling_that_worked_is_remembered() {
    let stage = Stage::set(Seed::Typical).await;
    stage.order("dialect", json!({ "dialect": "last" })).await;
    let account = stage.account(quick()).await;
    account.read(&ListServices).await.unwrap();
    let first = stage.journal().await.len();
    account.read(&ListServices).await.unwrap();
    assert_eq!(stage.journal().await.len(), first + 1, "one call, not a search");
    assert!(first > 1, "the test is not what it says");
}

#[tokio::test]
async fn what_is_not_offered_is_said_and_not_asked_again() {
    let stage = Stage::set(Seed::Typical).await;
    let things = things(&stage).await;
    stage.order("dialect", json!({ "dialect": "documented-only" })).await;
    let account = stage.account(quick()).await;
    for _ in 0..2 {
        assert_eq!(reads(&account, GetUser).await, Err(Error::NotOffered));
        assert_eq!(reads(&account, ListIsos { page: 1 }).await, Err(Error::NotOffered));
        assert_eq!(
            reads(&account, ListTickets { page: 1, status: Vec::new() }).await,
            Err(Error::NotOffered)
        );
        assert_eq!(reads(&account, GetTicket { id: things.ticket }).await, Err(Error::NotOffered));
        assert_eq!(reads(&account, ListDepartments).await, Err(Error::NotOffered));
        assert_eq!(reads(&account, ListServices).await, Err(Error::NotOffered));
        assert_eq!(reads(&account, ListServerStatuses).await, Err(Error::NotOffered));
        let before = stage.journal().await.len();
        assert_eq!(reads(&account, ListDepartments).await, Err(Error::NotOffered));
        assert_eq!(stage.journal().await.len(), before);
    }
    let url = "https://mirror.example.org/a.iso".to_owned();
    assert_eq!(account.act(&CreateIso { url }).await.unwrap_err(), Error::NotOffered);
    assert_eq!(account.act(&DeleteIso { id: things.iso }).await.unwrap_err(), Error::NotOffered);
    assert_eq!(account.act(&ResolveTicket { id: things.ticket }).await.unwrap_err(), Error::NotOffered);
    let refused = bytes(&account, DownloadInvoice { id: things.invoice }).await.unwrap_err();
    assert_eq!(refused, Error::NotOffered);
    // What is documented works.
    reads(&account, servers(1)).await.unwrap();
    reads(&account, GetServer { id: things.server, with_app_guide: false }).await.unwrap();
    reads(&account, GetIso { id: things.iso }).await.unwrap();
    reads(&account, ListInvoices { page: 1 }).await.unwrap();
}

#[tokio::test]
async fn an_object_that_is_not_there_is_not_a_missing_route() {
    let stage = Stage::set(Seed::Typical).await;
    let things = things(&stage).await;
    let account = stage.account(quick()).await;
    let nobody: TicketId = "987654".parse().unwrap();
    assert_eq!(account.act(&ResolveTicket { id: nobody }).await.unwrap_err(), Error::NotFound);
    assert_eq!(stage.asked("resolveTicket").await, 1, "no other spelling was tried");
    assert!(account.act(&ResolveTicket { id: things.ticket }).await.is_ok());
}

#[tokio::test]
async fn a_delete_follows_only_the_providers_own_words() {
    let stage = Stage::set(Seed::Typical).await;
    let things = things(&stage).await;
    let account = stage.account(quick()).await;
    stage.force(json!({ "operation": "deleteIso", "status": 404, "body": "<html>not here</html>" })).await;
    assert_eq!(account.act(&DeleteIso { id: things.iso }).await.unwrap_err(), Error::NotFound);
    assert!(account.act(&DeleteIso { id: things.iso }).await.is_ok(), "still offered");
}

#[tokio::test]
async fn a_stray_404_does_not_switch_off_what_has_worked() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(quick()).await;
    account.read(&servers(1)).await.unwrap();
    stage
        .force(json!({ "operation": "listServers", "status": 404, "body": "<html>maintenance</html>" }))
        .await;
    assert!(account.read(&servers(1)).await.is_err());
    assert!(account.read(&servers(1)).await.is_ok(), "an hour is lost");
}

#[tokio::test]
async fn a_change_refused_with_404_is_sent_once_and_still_offered() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(quick()).await;
    let new = CreateIso { url: "https://mirror.example.org/a.iso".to_owned() };
    stage
        .force(json!({ "operation": "createIso", "status": 404, "body": { "message": "No such place." } }))
        .await;
    assert_eq!(account.act(&new).await.unwrap_err(), Error::NotFound);
    assert_eq!(stage.asked("createIso").await, 1);
    assert!(account.act(&new).await.is_ok());
}

#[tokio::test]
async fn an_invoice_is_found_in_the_list() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(remembering()).await;
    let second: InvoiceId = id(&stage.tell("/invoices?page=2").await["data"][3]["id"]);
    stage.forget_journal().await;
    let FoundInvoice::Here(found) = account.invoice(second).await.unwrap() else { panic!("not found") };
    assert_eq!(found.value.id, second);
    assert_eq!(stage.asked("listInvoices").await, 2, "no further than needed");
    assert!(matches!(account.invoice(second).await.unwrap(), FoundInvoice::Here(_)));
    assert_eq!(stage.asked("listInvoices").await, 2, "out of the cache");
    let nobody = account.invoice("987654".parse().unwrap()).await.unwrap();
    assert!(matches!(nobody, FoundInvoice::Nowhere), "{nobody:?}");
}

#[tokio::test]
async fn an_invoice_that_an_old_list_does_not_have_may_be_there() {
    let stage = Stage::set(Seed::Small).await;
    let account = stage.account(quick()).await;
    let nobody = "987654".parse().unwrap();
    assert!(matches!(account.invoice(nobody).await.unwrap(), FoundInvoice::Nowhere));
    stage.force(json!({ "operation": "listInvoices", "status": 500, "times": 0 })).await;
    assert_eq!(account.invoice(nobody).await.unwrap_err(), Error::ProviderFault);
}

#[tokio::test]
async fn an_invoice_is_looked_for_on_ten_pages() {
    let stage = Stage::set(Seed::Large).await;
    let account = stage.account(remembering()).await;
    let last: InvoiceId = id(&stage.tell("/invoices?page=14").await["data"][0]["id"]);
    let tenth: InvoiceId = id(&stage.tell("/invoices?page=10").await["data"][29]["id"]);
    stage.forget_journal().await;
    assert!(matches!(account.invoice(tenth).await.unwrap(), FoundInvoice::Here(_)));
    let told = account.invoice(last).await.unwrap();
    assert!(matches!(told, FoundInvoice::NotAmongTheNewest { searched: 300 }), "{told:?}");
    assert_eq!(stage.asked("listInvoices").await, 10);
}

#[tokio::test]
async fn an_invoice_that_cannot_be_looked_for_is_trouble_not_absence() {
    let stage = Stage::set(Seed::Typical).await;
    let account = stage.account(quick()).await;
    stage.force_always("listInvoices", 500).await;
    assert_eq!(account.invoice("1".parse().unwrap()).await.unwrap_err(), Error::ProviderFault);
    stage.calm().await;
    stage.force_always("listInvoices", 403).await;
    assert_eq!(account.invoice("1".parse().unwrap()).await.unwrap_err(), Error::Forbidden);
}

#[tokio::test]
async fn a_read_token_cannot_have_the_pdf_and_is_told_why() {
    let stage = Stage::set(Seed::Typical).await;
    let things = things(&stage).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.read).await;
    let refused = bytes(&account, DownloadInvoice { id: things.invoice }).await.unwrap_err();
    assert_eq!(refused, Error::ReadOnly);
}

#[tokio::test]
async fn a_file_that_breaks_off_does_not_look_complete() {
    let stage = Stage::set(Seed::Typical).await;
    let things = things(&stage).await;
    let account = stage.account(quick()).await;
    stage.force(json!({ "operation": "downloadInvoice", "cut_after_bytes": 100 })).await;
    assert!(bytes(&account, DownloadInvoice { id: things.invoice }).await.is_err());
}
