//! The frame of every page: where one is, where one can go, who one is.

use frontend::{Enhance, Live};
use gateway::{Access, SavedView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    form::{Hidden, PlainForm},
    icon::{Icon, icon},
    palette::{FindForm, Palette},
    toast::Toasts,
};
use crate::{
    live::Sources,
    preferences::{Theme, way_back},
    routes,
    visitor::Visitor,
};

/// The places of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The overview.
    Overview,
    /// Servers.
    Servers,
    /// Plans.
    Plans,
    /// What can be installed.
    Images,
    /// ISOs.
    Isos,
    /// Images for measured boot.
    BootImages,
    /// Orders.
    Orders,
    /// Purchases in the journal.
    Purchases,
    /// Invoices.
    Invoices,
    /// Tickets.
    Tickets,
    /// Who changed what.
    Activity,
    /// One action on many objects.
    Bulk,
    /// How the provider's operations fare.
    Diagnostics,
    /// None of them.
    Elsewhere,
}

/// A place of the navigation.
pub struct NavigationPlace {
    /// Which it is.
    pub section: Section,
    /// Where it is.
    pub address: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its icon.
    icon: Icon,
    /// The keys that lead there, one after the other; empty if there are none.
    pub keys: &'static str,
    /// Whether it is a list whose states can be saved as views.
    pub has_views: bool,
}

impl NavigationPlace {
    const fn new(
        section: Section,
        address: &'static str,
        name: &'static str,
        icon: Icon,
        keys: &'static str,
    ) -> Self {
        Self { section, address, name, keys, icon, has_views: false }
    }

    /// It is a list whose states can be saved as views.
    const fn with_views(self) -> Self {
        Self { has_views: true, ..self }
    }

    /// Where it leads: to the list's default view, if somebody chose one.
    fn leads_to(&self, defaults: &[SavedView]) -> String {
        let word = self.address.strip_prefix('/').filter(|_| self.has_views);
        let view = word.and_then(|word| defaults.iter().find(|view| view.list == word));
        view.map_or_else(|| self.address.to_owned(), |view| routes::view_of(self.address, &view.query))
    }
}

/// The groups of the navigation and their places. Only what exists.
pub const NAVIGATION: [(&str, &[NavigationPlace]); 5] = [
    ("", &[NavigationPlace::new(Section::Overview, routes::OVERVIEW, "Overview", Icon::Overview, "g o")]),
    (
        "Compute",
        &[
            NavigationPlace::new(Section::Servers, routes::SERVERS, "Servers", Icon::Server, "g s")
                .with_views(),
            NavigationPlace::new(Section::Plans, routes::PLANS, "Plans", Icon::Scale, "").with_views(),
            NavigationPlace::new(Section::Images, routes::IMAGES, "Images", Icon::Layers, "").with_views(),
            NavigationPlace::new(Section::Isos, routes::ISOS, "ISOs", Icon::Disc, "g i").with_views(),
            NavigationPlace::new(Section::BootImages, routes::BOOT_IMAGES, "Boot images", Icon::Chip, ""),
        ],
    ),
    (
        "Billing",
        &[
            NavigationPlace::new(Section::Orders, routes::ORDERS, "Orders", Icon::Cart, "").with_views(),
            NavigationPlace::new(Section::Purchases, routes::PURCHASES, "Purchases", Icon::Journal, "")
                .with_views(),
            NavigationPlace::new(Section::Invoices, routes::INVOICES, "Invoices", Icon::Receipt, "g v")
                .with_views(),
        ],
    ),
    (
        "Support",
        &[NavigationPlace::new(Section::Tickets, routes::TICKETS, "Tickets", Icon::Ticket, "g t")
            .with_views()],
    ),
    (
        "Account",
        &[
            NavigationPlace::new(Section::Activity, routes::ACTIVITY, "Activity", Icon::History, "")
                .with_views(),
            NavigationPlace::new(Section::Bulk, routes::BULK, "Bulk jobs", Icon::Jobs, "").with_views(),
            NavigationPlace::new(Section::Diagnostics, routes::DIAGNOSTICS, "Diagnostics", Icon::Pulse, ""),
        ],
    ),
];

/// A page of somebody who is signed in.
///
/// `live` names what the page follows. Regions that may be replaced are marked with `data-region` by the page.
#[component]
pub fn Frame(
    /// Title of the page and of the document.
    #[prop(into)]
    title: String,
    /// Which place of the navigation it belongs to.
    section: Section,
    /// The way here: link and text of the pages above.
    #[prop(optional)]
    above: Vec<(String, String)>,
    /// What stands to the right of the title.
    #[prop(optional, into)]
    actions: ViewFn,
    /// What the page follows.
    #[prop(optional)]
    live: Sources,
    /// A dialog over the page.
    #[prop(optional)]
    dialog: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let visitor = Visitor::here();
    let account = visitor.account.as_ref();
    let read_only = account.is_some_and(|account| account.access() == Access::ProbablyReadOnly);
    // leptos_meta 0.9 writes the title as it is: a name from outside would become HTML.
    let document_title = format!("{} · Vitosha", escaped(&title));
    let above = (!above.is_empty()).then(|| {
        let links = above
            .into_iter()
            .map(|(address, text)| view! { <li><a href=address>{text}</a></li> })
            .collect_view();
        view! { <nav aria-label="Breadcrumbs"><ol class="breadcrumbs">{links}</ol></nav> }
    });
    let refreshing = live.without_scripts(&visitor.address);
    let refreshes = live.refreshes(&visitor.address);
    let version = visitor.house.version.to_string();
    let following = live.address().map(|src| view! { <Live src=src version=version /> });
    let done = done_words(&visitor.address).map(|words| {
        view! { {super::notice::notice("good", view! { <p>{words}</p> })} }
    });
    view! {
        <Title text=document_title />
        {refreshing}
        <a class="skip" href="#main">"Skip to content"</a>
        <div class="frame">
            <header class="topbar">
                <button class="button to-places" type="button" popovertarget="places">
                    {icon(Icon::Menu)} "Menu"
                </button>
                <a class="brand" href=routes::OVERVIEW>
                    <BrandMark />
                    <span class="brand-name">"Vitosha"</span>
                </a>
                {visitor.house.demo.map(|_| view! { <span class="demo-mark">"Demo"</span> })}
                {read_only.then(|| view! { <span class="demo-mark">"Read-only"</span> })}
                <FindForm refreshes=refreshes />
                <AccountMenu visitor=visitor.clone() />
            </header>
            // At the side where there is room; on a phone a sheet that the browser opens and closes by itself.
            <nav class="sidebar" id="places" aria-label="Main" popover="auto">
                <button class="button leave-places" type="button" popovertarget="places" popovertargetaction="hide">
                    {icon(Icon::Close)} "Close"
                </button>
                {navigation(section, &visitor.default_views)}
            </nav>
            <main id="main" tabindex="-1">
                {above}
                <div class="title">
                    <h1>{title.clone()}</h1>
                    <div class="actions">{actions.run()}</div>
                </div>
                {recovery_bar(&visitor.address)}
                {done}
                {new_version_bar(&visitor.address)}
                {signed_out_bar()}
                {children()}
            </main>
            <footer class="footer">
                "Vitosha " {env!("CARGO_PKG_VERSION")} " · " <a href=routes::DIAGNOSTICS>"Diagnostics"</a> " · "
                <a href=routes::KEYS data-keys="?">"Keys"</a>
                {visitor.house.demo.map(|_| view! { " · " <a href=routes::GALLERY>"Gallery"</a> })}
            </footer>
        </div>
        {dialog}
        <Palette name=title />
        <Toasts />
        {following}
        <Enhance />
    }
}

/// What is shown, as an alert, when the scripts of a page break; hidden until then.
pub fn recovery_bar(address: &str) -> AnyView {
    view! {
        <p class="notice" data-tone="bad" data-broken="" hidden>
            {icon(Icon::Bad)} "Something in this page broke. Everything still works; " <a href=way_back(address)>"reload"</a>
            " to make it live again."
        </p>
    }
    .into_any()
}

/// What is shown when the page is of another version than the program by now; hidden until then.
pub fn new_version_bar(address: &str) -> AnyView {
    let address = address.to_owned();
    view! {
        <p class="notice" data-tone="info" data-new-version="" role="status" hidden>
            {icon(Icon::Info)} "There is a new version of Vitosha. " <a href=address>"Reload"</a>
        </p>
    }
    .into_any()
}

/// What is shown when the session has ended while somebody typed; hidden until then.
pub fn signed_out_bar() -> AnyView {
    view! {
        <p class="notice" data-tone="warning" data-signed-out="" role="status" hidden>
            {icon(Icon::Warning)}
            "Your session has ended. What you have typed is not lost, but for passwords: send it, sign in, and it is here again."
        </p>
    }
    .into_any()
}

/// Text for where the framework does not escape by itself.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The mark: a mountain.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <path d="M1 20 9 6l4 6 2-3 8 11z" fill="currentColor" />
        </svg>
    }
}

fn navigation(section: Section, defaults: &[SavedView]) -> AnyView {
    NAVIGATION
        .iter()
        .map(|(group, places)| {
            let links = places
                .iter()
                .map(|place| {
                    let current = (place.section == section).then_some("page");
                    let keys = (!place.keys.is_empty()).then_some(place.keys);
                    let to = place.leads_to(defaults);
                    view! { <li><a href=to aria-current=current data-keys=keys>{icon(place.icon)} {place.name}</a></li> }
                })
                .collect_view();
            view! {
                <div class="nav-group">
                    {(!group.is_empty()).then(|| view! { <p class="nav-title">{*group}</p> })}
                    <ul>{links}</ul>
                </div>
            }
        })
        .collect_view()
        .into_any()
}

/// The menu that says who is signed in.
#[component]
pub fn AccountMenu(
    /// Who looks.
    visitor: Visitor,
) -> impl IntoView {
    let account = visitor.account?;
    let email = account.email().unwrap_or("Signed in").to_owned();
    let token = match account.access() {
        Access::Writes => "Token: read and write",
        Access::ProbablyReadOnly => "Token: probably read-only",
        Access::Unknown => "Token: not known whether it can write",
    };
    let person = account.person().map(|person| view! { <p>{person.to_owned()}</p> });
    Some(view! {
        <details class="menu">
            <summary>
                {icon(Icon::Person)} <span class="menu-name">{email.clone()}</span> {icon(Icon::Down)}
            </summary>
            <div class="menu-body">
                <p class="menu-title">{email}</p>
                {person}
                <p>{token}</p>
                {themes(&visitor.address)}
                <PlainForm action=routes::DO_SIGN_OUT>
                    <button class="button" type="submit">{icon(Icon::SignOut)} "Sign out"</button>
                </PlainForm>
            </div>
        </details>
    })
}

/// A button for each theme; the page comes back in it.
fn themes(address: &str) -> AnyView {
    let (present, back) = (Theme::here(), way_back(address));
    let buttons = Theme::ALL
        .map(|(theme, name)| {
            let pressed = if theme == present { "true" } else { "false" };
            view! { <button type="submit" name="theme" value=theme.word() aria-pressed=pressed>{name}</button> }
        })
        .into_iter()
        .collect_view();
    view! {
        <PlainForm action=routes::DO_THEME class="theme">
            <Hidden name="next" value=back />
            <p id="theme-title">"Theme"</p>
            <div class="segments" role="group" aria-labelledby="theme-title">{buttons}</div>
        </PlainForm>
    }
    .into_any()
}

/// The words for `?done=`: a fixed list, so that an address cannot put words into our mouth.
fn done_words(address: &str) -> Option<&'static str> {
    let (_, query) = address.split_once('?')?;
    let done = serde_urlencoded::from_str::<Vec<(String, String)>>(query).ok()?;
    let (_, word) = done.iter().find(|(name, _)| name == "done")?;
    // Only where one of our own forms led: a link that somebody sent tells no news.
    let from = use_context::<http::request::Parts>()
        .and_then(|parts| parts.headers.get("sec-fetch-site")?.to_str().ok().map(str::to_owned));
    if from.is_some_and(|from| from != "same-origin") {
        return None;
    }
    match word.as_str() {
        "iso-added" => Some("The provider is downloading the ISO."),
        "iso-deleted" => Some("The ISO is deleted."),
        "ticket-opened" => Some("The ticket is open. Support will answer here."),
        "replied" => Some("Your message is sent."),
        "view-saved" => Some("The view is saved."),
        "deployed" => Some("It is ordered. This page follows it until it is there."),
        "rename" => Some("The server has its new name."),
        "scaled" => Some("The move is ordered. It begins when its order is paid, and the server restarts."),
        "add-ons-bought" => Some("The add-ons are ordered. They are here when their order is paid."),
        "add-ons-sized" => Some("The new sizes are ordered. They hold when their order is paid."),
        "cancel-add-on" => Some("The add-on is cancelled: it ends with its paid period."),
        "cancel-add-on-now" => Some("The add-on is cancelled and gone."),
        "keep-add-on" => Some("The add-on is kept: its cancellation is withdrawn."),
        "password" => Some("The password is set. It takes effect with a restart."),
        "ssh-keys" => Some("The SSH keys are set. They take effect with a restart."),
        "primary-ip" => Some("The server reboots with its new primary address."),
        "rescue-on" => Some("The server reboots into the rescue system."),
        "rescue-off" => Some("The server reboots into its own system."),
        "cancel" => Some("The server is cancelled at the end of the paid period."),
        "cancel-now" => Some("The server is cancelled and suspended."),
        "undo-cancel" => Some("The cancellation is withdrawn."),
        "isos" => Some("The drives are set. The server goes on as before until it is started again."),
        "restore" => Some("The restore has begun. The server is locked until it ends."),
        "reinstall" => Some("The installation has begun. The server is locked until it ends."),
        "boot-image" => Some("The server restarts with the image."),
        "boot-disk" => {
            Some("The server boots its own disk again: a power cycle follows, and it may end stopped.")
        }
        "boot-image-uploaded" => Some("The image is uploaded."),
        "boot-image-again" => Some(
            "This form had been sent before, so nothing was uploaded now. To upload another file, choose it here.",
        ),
        "boot-image-cancelled" => {
            Some("The upload was cancelled. An image is only kept when all of it has arrived.")
        }
        "boot-image-deleted" => Some("The image is deleted."),
        "ordered" => Some("The order is made. Whether it is paid yet stands below."),
        "order-paid" => Some("The order is paid."),
        "order-paying" => Some("The payment has begun. How it goes on stands below."),
        "order-dropped" => Some("The order is dropped."),
        "decided" => Some("What became of it is written down."),
        "looking" => Some("The provider is asked once more."),
        "resolved" => Some("The ticket is marked as resolved."),
        _ => None,
    }
}

/// An action that cannot be had now: still there, and says why, to screen readers too.
pub fn disabled(name: &'static str, reason: &str) -> AnyView {
    let id = format!("why-not-{}", name.to_lowercase().replace(' ', "-"));
    view! {
        <span class="disabled-action">
            <button class="button" type="button" aria-disabled="true" aria-describedby=id.clone()>{name}</button>
            <span class="visually-hidden" id=id>{reason.to_owned()}</span>
        </span>
    }
    .into_any()
}
