//! Forms sent twice act once; drafts are sealed and seen only by their account.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::time::Duration;

use gateway::{Draft, Error, Submission, Timings};
use sandbox::{Stage, quick};
use vpsbg_api::CreateIso;
use vpsbg_sandbox::Seed;

fn draft(text: &str) -> Draft {
    Draft {
        values: vec![("subject".to_owned(), "Down".to_owned()), ("message".to_owned(), text.to_owned())],
        errors: vec![("message".to_owned(), "Too short.".to_owned()), (String::new(), "Whole".to_owned())],
    }
}

#[tokio::test]
async fn a_form_acts_once_and_leads_to_the_same_place_again() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let (form, _) = account.new_form();
    assert_eq!(account.submit(&form, b"content").await.unwrap(), Submission::First);
    account.finish(&form, "/isos/7").await;
    assert_eq!(account.submit(&form, b"content").await.unwrap(), Submission::Again("/isos/7".to_owned()));
    assert_eq!(account.submit(&form, b"other").await.unwrap(), Submission::Different);
    let (other, _) = account.new_form();
    assert_eq!(account.submit(&other, b"content").await.unwrap(), Submission::First);
}

#[tokio::test]
async fn form_ids_and_seals_are_not_guessed() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let (one, other) = (account.new_form(), account.new_form());
    assert!(one.0 != other.0 && one.1 != other.1);
    for text in [one.0, one.1] {
        assert_eq!(text.len(), 32);
        assert!(text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}

#[tokio::test]
async fn twenty_sendings_at_once_act_once() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let (form, _) = account.new_form();
    let sendings = (0..20).map(|_| {
        let (account, form) = (account.clone(), form.clone());
        tokio::spawn(async move {
            match account.submit(&form, b"content").await.unwrap() {
                Submission::First => {
                    let url = "https://mirror.example.org/once.iso".to_owned();
                    let iso = account.act(&CreateIso { url }).await.unwrap();
                    let led_to = format!("/isos/{}", iso.id);
                    account.finish(&form, &led_to).await;
                    led_to
                }
                Submission::Again(led_to) => led_to,
                Submission::Different => panic!("the content was the same"),
            }
        })
    });
    let places: Vec<String> =
        futures::future::join_all(sendings).await.into_iter().map(Result::unwrap).collect();
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    assert_eq!(stage.asked("createIso").await, 1);
}

#[tokio::test]
async fn other_content_is_refused_also_while_the_first_is_under_way() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let (form, _) = account.new_form();
    assert_eq!(account.submit(&form, b"content").await.unwrap(), Submission::First);
    let told = tokio::time::timeout(Duration::from_secs(2), account.submit(&form, b"other")).await;
    assert_eq!(told.unwrap().unwrap(), Submission::Different);
}

#[tokio::test]
async fn the_form_of_another_account_is_another_form() {
    let stage = Stage::set(Seed::Empty).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Empty);
    let (theirs, _) = stage.signed_in(&gateway, &other).await;
    let (form, _) = mine.new_form();
    assert_eq!(mine.submit(&form, b"content").await.unwrap(), Submission::First);
    mine.finish(&form, "/mine").await;
    assert_eq!(theirs.submit(&form, b"content").await.unwrap(), Submission::First);
}

#[tokio::test]
async fn a_form_is_remembered_over_a_restart() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let (form, _) = account.new_form();
    assert_eq!(account.submit(&form, b"content").await.unwrap(), Submission::First);
    account.finish(&form, "/isos/7").await;
    let again = stage.account(quick()).await;
    assert_eq!(again.submit(&form, b"content").await.unwrap(), Submission::Again("/isos/7".to_owned()));
}

#[tokio::test]
async fn a_draft_comes_back_as_it_was_typed() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let kept = draft("</textarea><script>\r\nкирилица 🐈");
    let id = account.keep_draft(&kept).await.unwrap();
    let back = account.draft(&id).await.unwrap().unwrap();
    assert_eq!(back, kept);
    assert_eq!(back.value("subject"), Some("Down"));
    assert_eq!(back.errors_of("message").collect::<Vec<_>>(), ["Too short."]);
    assert_eq!(back.errors_of("").collect::<Vec<_>>(), ["Whole"]);
    assert_eq!(account.draft("0123456789abcdef0123456789abcdef").await.unwrap(), None);
}

#[tokio::test]
async fn another_account_does_not_see_a_draft() {
    let stage = Stage::set(Seed::Empty).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Empty);
    let (theirs, _) = stage.signed_in(&gateway, &other).await;
    let id = mine.keep_draft(&draft("secret")).await.unwrap();
    assert_eq!(theirs.draft(&id).await.unwrap(), None);
}

#[tokio::test]
async fn a_form_of_ours_is_kept_for_its_account_when_the_session_has_ended() {
    let stage = Stage::set(Seed::Empty).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Empty);
    let (theirs, _) = stage.signed_in(&gateway, &other).await;
    let (once, seal) = mine.new_form();
    let first = gateway.keep_ended_form(mine.owner(), &once, &seal, &draft("kept")).await.unwrap();
    assert_eq!(theirs.draft(&first).await.unwrap(), None);
    assert_eq!(mine.draft(&first).await.unwrap(), Some(draft("kept")));
    // However often it is sent: strangers must not fill the database.
    let again = gateway.keep_ended_form(mine.owner(), &once, &seal, &draft("changed")).await.unwrap();
    assert_eq!(mine.draft(&again).await.unwrap(), Some(draft("changed")));
    assert_eq!(stage.rows("drafts").await, 1);
}

#[tokio::test]
async fn a_form_that_is_not_ours_is_not_kept() {
    let stage = Stage::set(Seed::Empty).await;
    let gateway = stage.gateway(quick()).await;
    let (mine, _) = stage.signed_in(&gateway, &stage.write).await;
    let (other, _) = stage.another(Seed::Empty);
    let (theirs, _) = stage.signed_in(&gateway, &other).await;
    let ((once, seal), (another, _)) = (mine.new_form(), mine.new_form());
    for (account, once, seal) in [
        (mine.owner(), once.as_str(), ""),
        (mine.owner(), once.as_str(), &*"0".repeat(32)),
        (mine.owner(), another.as_str(), seal.as_str()),
        (theirs.owner(), once.as_str(), seal.as_str()),
    ] {
        assert_eq!(gateway.keep_ended_form(account, once, seal, &draft("x")).await, None);
    }
    assert_eq!(stage.rows("drafts").await, 0);
}

#[tokio::test]
async fn only_sealed_bytes_of_a_draft_are_stored() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let id = account.keep_draft(&draft("canary-5d1c")).await.unwrap();
    let bytes = stage.bytes();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&id), "the draft is not where it is looked for");
    assert!(!holds("canary-5d1c") && !holds("Too short."));
}

#[tokio::test]
async fn a_draft_moved_to_another_id_does_not_open() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let (one, other) = (draft("one"), draft("other"));
    let (one, other) = (account.keep_draft(&one).await.unwrap(), account.keep_draft(&other).await.unwrap());
    let pool = stage.database().await;
    sqlx::query("UPDATE drafts SET sealed = (SELECT sealed FROM drafts WHERE id = $1) WHERE id = $2")
        .bind(&one)
        .bind(&other)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(account.draft(&other).await.unwrap(), None);
    assert!(account.draft(&one).await.unwrap().is_some());
}

#[tokio::test]
async fn a_draft_larger_than_64_kb_is_not_kept() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    assert!(account.keep_draft(&draft(&"a".repeat(60_000))).await.is_ok());
    assert_eq!(account.keep_draft(&draft(&"a".repeat(66_000))).await.unwrap_err(), Error::Internal);
    assert_eq!(stage.rows("drafts").await, 1);
}

#[tokio::test]
async fn drafts_last_a_day() {
    assert_eq!(Timings::default().draft, Duration::from_secs(24 * 60 * 60));
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(Timings { draft: Duration::from_millis(1), ..quick() }).await;
    let id = account.keep_draft(&draft("a")).await.unwrap();
    sandbox::until("the end of the draft", || async {
        account.draft(&id).await.unwrap().is_none().then_some(())
    })
    .await;
}

#[tokio::test]
async fn only_the_newest_drafts_of_an_account_are_kept() {
    let stage = Stage::set(Seed::Empty).await;
    let account = stage.account(quick()).await;
    let mut ids = Vec::new();
    for number in 0..103 {
        ids.push(account.keep_draft(&draft(&format!("number {number}"))).await.unwrap());
    }
    let mut kept = 0;
    for id in &ids {
        kept += usize::from(account.draft(id).await.unwrap().is_some());
    }
    assert_eq!(kept, 100);
    assert!(account.draft(&ids[102]).await.unwrap().is_some(), "the newest is there");
}
