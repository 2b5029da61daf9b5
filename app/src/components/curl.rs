//! The request that an action will send, as a command: to learn the API from, to repeat, to script.

use leptos::prelude::*;

use super::properties::CopyButton;

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
        view! {
            <details class="curl">
                <summary>"Show as curl"</summary>
                <p class="hint">"The variable TOKEN stands for your API token." {example}</p>
                <pre><code>{command.clone()}</code></pre>
                <CopyButton text=command label="Copy command" wide=true />
            </details>
        }
    })
}
