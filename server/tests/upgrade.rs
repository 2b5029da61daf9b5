//! A tab that was open while Vitosha was replaced by its next build: what is sent from it is done, once, and what is
//! refused comes back with all that was typed.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/program.rs"]
mod program;

use program::{Browser, Program, Provider, location};
use vpsbg_sandbox::Seed;

/// Fields of a form with what stands in them.
type Fields = Vec<(String, String)>;

/// A form: its page, where it is sent, what is right and what is refused, and what the provider is asked.
struct Form {
    page: String,
    action: &'static str,
    right: &'static [(&'static str, &'static str)],
    refused: &'static [(&'static str, &'static str)],
    operation: &'static str,
}

async fn forms(provider: &Provider) -> [Form; 3] {
    let server = provider.first("/servers").await;
    [
        Form {
            page: "/isos/new".to_owned(),
            action: "/do/isos/add",
            right: &[("url", "https://mirror.example.org/over-the-upgrade.iso")],
            refused: &[("url", "ftp://mirror.example.org/over-the-upgrade.iso")],
            operation: "createIso",
        },
        Form {
            page: "/tickets/new".to_owned(),
            action: "/do/tickets/open",
            right: &[("department", "2"), ("subject", "Over the upgrade"), ("message", "Typed before it.")],
            refused: &[
                ("department", "2"),
                ("subject", "no"),
                ("message", "A long story.\nIt was typed before: 100 % of it."),
            ],
            operation: "createTicket",
        },
        Form {
            page: format!("/servers/{server}?confirm=rename"),
            action: "/do/servers/rename",
            right: &[("hostname", "after-the-upgrade")],
            refused: &[("hostname", "after the upgrade!")],
            operation: "updateServerHostname",
        },
    ]
}

/// What the form on a page carries besides what is typed: all of it, whatever it is called.
async fn hidden(person: &Browser, page: &str, action: &str) -> Fields {
    let (_, text) = person.page(page).await;
    let (_, form) =
        text.split_once(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("{page}: {text}"));
    let (form, _) = form.split_once("</form>").unwrap();
    let tags = form.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap());
    let of = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name}? {tag}"));
        rest.split('"').next().unwrap().to_owned()
    };
    let fields: Fields = tags
        .filter(|tag| tag.contains("type=\"hidden\""))
        .map(|tag| (of(tag, "name"), of(tag, "value")))
        .collect();
    assert!(fields.len() >= 3, "{page}: {fields:?}");
    fields
}

/// Sends a form as it stood in the tab; says where it leads.
async fn send(person: &Browser, form: &Form, hidden: &Fields, typed: &[(&str, &str)]) -> String {
    let all = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<_> = all.chain(typed.iter().copied()).collect();
    location(&person.send(form.action, &all).await)
}

/// The id of the build that answers.
async fn build(person: &Browser) -> String {
    let told: serde_json::Value = person.get("/live?feed=isos.x&once=1").await.json().await.unwrap();
    assert_eq!(told[0][0], "version", "{told}");
    told[0].to_string()
}

#[tokio::test]
async fn forms_of_an_open_tab_go_on_over_an_upgrade() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let mut person = program.signed_in(&provider.write).await;
    let mut tabs = Vec::new();
    for form in forms(&provider).await {
        let right = hidden(&person, &form.page, form.action).await;
        let refused = hidden(&person, &form.page, form.action).await;
        tabs.push((form, right, refused));
    }
    let before = build(&person).await;

    let (directory, _) = program.stop();
    let next = Program::of_next_build(directory, &provider);
    (person.to, person.origin) = (next.origin.clone(), next.origin.clone());
    let after = build(&person).await;
    assert!(before.contains("one-two-three") && after.contains("four-five-six"), "{before}, {after}");
    let style = "/pkg/vitosha.three.css";
    assert_eq!(person.get(style).await.status(), 404, "what the open tab loaded is not there any more");

    for (form, right, refused) in &tabs {
        // Refused before anything was done, with what was typed; and so it can be mended and sent.
        let to = send(&person, form, refused, form.refused).await;
        assert!(to.starts_with(&form.page) && to.contains("draft="), "{}: {to}", form.action);
        let (status, page) = person.page(&to).await;
        assert_eq!(status, 422, "{to}");
        assert!(page.contains("role=\"alert\"") && page.contains("vitosha.six.css"), "{to}: {page}");
        for (field, typed) in form.refused.iter().filter(|(field, _)| *field != "department") {
            assert!(page.contains(typed), "{to}: what was typed into {field} is lost: {page}");
        }
        assert_eq!(provider.asked(form.operation).await, 0, "{}", form.action);

        // Sent again, because the first answer took long: done once, with one outcome.
        let first = send(&person, form, right, form.right).await;
        assert!(first.contains("done="), "{}: {first}", form.action);
        assert_eq!(send(&person, form, right, form.right).await, first);
        assert_eq!(provider.asked(form.operation).await, 1, "{}", form.action);
        assert!(person.page(&first).await.0 < 300, "{first}");
    }
}

#[tokio::test]
async fn what_was_sent_before_an_upgrade_is_not_done_again_after_it() {
    let provider = Provider::open(Seed::Typical).await;
    let program = Program::before(&provider);
    let mut person = program.signed_in(&provider.write).await;
    let [form, ..] = forms(&provider).await;
    let right = hidden(&person, &form.page, form.action).await;
    let first = send(&person, &form, &right, form.right).await;
    let refused = hidden(&person, &form.page, form.action).await;
    let draft = send(&person, &form, &refused, form.refused).await;

    let (directory, _) = program.stop();
    let next = Program::of_next_build(directory, &provider);
    (person.to, person.origin) = (next.origin.clone(), next.origin.clone());
    assert_eq!(send(&person, &form, &right, form.right).await, first, "its outcome is known");
    assert_eq!(provider.asked(form.operation).await, 1);
    let (status, page) = person.page(&draft).await;
    assert!(
        status == 422 && page.contains(form.refused[0].1),
        "the refused form of the build before: {page}"
    );
}
