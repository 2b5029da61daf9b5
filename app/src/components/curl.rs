//! The request that an action will send, as a command: to learn the API from, to repeat, to script.

use leptos::prelude::*;

use super::properties::CopyButton;

/// Secrets of a command: how they stand in it, and what is said of each.
const SECRETS: [(&str, &str); 3] = [
    ("$PASSWORD", " PASSWORD stands for the password to set."),
    ("$ACCOUNT_PASSWORD", " ACCOUNT_PASSWORD stands for your password at the provider."),
    ("$OTP", " OTP stands for the code of your two-factor login."),
];

/// "Show as curl", closed until somebody opens it. Nothing where the action has no command.
#[component]
pub fn Curl(
    /// The command, of [`gateway::Account::as_curl`]: without the token and without any secret.
    command: Option<String>,
    /// Of a form: what is not typed yet stands in it as an example.
    #[prop(optional)]
    of_form: bool,
) -> impl IntoView {
    let example = of_form.then_some(" What is not typed yet stands in it as an example.");
    command.map(|command| {
        let secrets = SECRETS.map(|(variable, words)| command.contains(variable).then_some(words));
        view! {
            <details class="curl">
                <summary>"Show as curl"</summary>
                <p class="hint">"The variable TOKEN stands for your API token." {secrets} {example}</p>
                <pre><code>{command.clone()}</code></pre>
                <CopyButton text=command label="Copy command" wide=true />
            </details>
        }
    })
}
