//! The site's files: found beside the program from any working directory; scripts and styles under names with a
//! hash, so that browsers may keep them for ever.

use std::{path::PathBuf, sync::Arc};

use axum::{
    Router,
    http::{HeaderValue, Response, header},
};
use leptos::config::LeptosOptions;
use tower::ServiceBuilder;
use tower_http::{
    services::{ServeDir, ServeFile, fs::ServeFileSystemResponseBody},
    set_header::SetResponseHeaderLayer,
};

/// Name of the scripts and the style sheet, as `Cargo.toml` tells cargo-leptos.
const OUTPUT: &str = "vitosha";

/// The list of the hashes in the names, beside the program.
const HASHES: &str = "hash.txt";

/// Where the site is.
#[derive(Debug, Clone)]
pub struct SiteFiles {
    root: PathBuf,
}

impl SiteFiles {
    /// Finds the site: where `LEPTOS_SITE_ROOT` says (cargo-leptos while developing), beside the program
    /// (`site/`), or where a build leaves it (`../site/`).
    ///
    /// # Errors
    /// The places that were looked at.
    pub fn find() -> Result<Self, String> {
        let program = std::env::current_exe()
            .map_err(|error| format!("the program does not know its place: {error}"))?;
        let beside = program.parent().unwrap_or(&program);
        let told = std::env::var_os("LEPTOS_SITE_ROOT").map(PathBuf::from);
        let places: Vec<_> = told.into_iter().chain([beside.join("site"), beside.join("../site")]).collect();
        let Some(root) = places.iter().find(|place| place.join("pkg").is_dir()) else {
            let looked: Vec<_> = places.iter().map(|place| place.display().to_string()).collect();
            return Err(format!(
                "the site's files are missing; looked at {}. Build with `make build`.",
                looked.join(", ")
            ));
        };
        if !beside.join(HASHES).is_file() {
            return Err(format!(
                "{HASHES}, the list of the site's file names, is missing beside the program in {}. \
                 Copy it along with the program, or build with `make build`.",
                beside.display()
            ));
        }
        Ok(Self { root: root.clone() })
    }

    /// What Leptos must know. The hashes in the names are in `hash.txt` beside the program.
    pub fn leptos_options(&self) -> LeptosOptions {
        let root: Arc<str> = self.root.display().to_string().into();
        LeptosOptions::builder().output_name(OUTPUT).site_root(root).hash_files(true).build()
    }

    /// Id of this build, from the names of its files.
    pub fn version(&self) -> Arc<str> {
        let hashes = std::env::current_exe()
            .ok()
            .and_then(|program| std::fs::read_to_string(program.with_file_name(HASHES)).ok())
            .unwrap_or_default();
        let mut words: Vec<&str> = hashes.split_whitespace().filter(|word| !word.ends_with(':')).collect();
        words.push(env!("CARGO_PKG_VERSION"));
        words.join("-").into()
    }

    /// The files, without session or account: `/pkg` and the icons for ever, the others for a day.
    pub fn router(&self) -> Router {
        // Not for what is missing: a page of the next build may ask this one, and must not remember the answer.
        let lasting = |value: &'static str| {
            SetResponseHeaderLayer::if_not_present(
                header::CACHE_CONTROL,
                move |response: &Response<ServeFileSystemResponseBody>| {
                    let there = !response.status().is_client_error() && !response.status().is_server_error();
                    there.then_some(HeaderValue::from_static(value))
                },
            )
        };
        let packages = ServiceBuilder::new()
            .layer(lasting("public, max-age=31536000, immutable"))
            .service(ServeDir::new(self.root.join("pkg")).precompressed_br().precompressed_gzip());
        let mut router = Router::new().nest_service("/pkg", packages);
        for name in ["favicon.svg", "plain.css", "robots.txt"] {
            let file = ServiceBuilder::new()
                .layer(lasting("public, max-age=86400"))
                .service(ServeFile::new(self.root.join(name)));
            router = router.route_service(&format!("/{name}"), file);
        }
        // Asked for with the fingerprint of what it holds.
        let icons = ServiceBuilder::new()
            .layer(lasting("public, max-age=31536000, immutable"))
            .service(ServeFile::new(self.root.join("icons.svg")).precompressed_br().precompressed_gzip());
        router.route_service("/icons.svg", icons)
    }
}
