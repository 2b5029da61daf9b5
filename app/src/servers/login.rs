//! Who somebody is on a server: the account that its password and keys open.

use vpsbg_api::Server;

/// The account to sign in to. None: it cannot be told, because what is installed is not known.
pub fn login(server: &Server) -> Option<&'static str> {
    let image = server.image.as_ref()?;
    let key = image.group.as_ref().and_then(|group| group.key.as_deref());
    let names = [key, image.name.as_deref()];
    let windows = names.into_iter().flatten().any(|name| name.to_lowercase().starts_with("windows"));
    Some(if windows { "Administrator" } else { "root" })
}

/// The same within a sentence.
pub fn login_words(server: &Server) -> &'static str {
    login(server).unwrap_or("root (on Windows: Administrator)")
}
