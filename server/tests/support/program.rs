//! The built program with a small site beside it, a provider for it, and a browser that remembers its cookie.

#[path = "pages.rs"]
pub mod pages;

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, LazyLock, Mutex},
    thread,
    time::{Duration, Instant},
};

use reqwest::{
    Client, Method, RequestBuilder, Response,
    header::{HeaderMap, LOCATION, ORIGIN, SET_COOKIE},
    redirect::Policy,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use vpsbg_sandbox::{NewAccount, Options, Sandbox, Seed};

/// Longest that anything is waited for.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// The place of the build that runs unless said otherwise.
static PLACE: LazyLock<PathBuf> = LazyLock::new(|| {
    forget_old_places();
    place(["one", "two", "three"])
});

/// That of the build after it.
static NEXT_PLACE: LazyLock<PathBuf> = LazyLock::new(|| place(["four", "five", "six"]));

/// A place like the one a build leaves: the program, `hash.txt` and `site/` side by side. The hashes of script,
/// WebAssembly and style make the id of the build.
fn place([script, wasm, style]: [&str; 3]) -> PathBuf {
    let place =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("program-{}-{script}", std::process::id()));
    let packages = place.join("site/pkg");
    fs::create_dir_all(&packages).unwrap();
    fs::hard_link(env!("CARGO_BIN_EXE_vitosha"), place.join("vitosha")).unwrap();
    fs::write(place.join("hash.txt"), format!("js: {script}\nwasm: {wasm}\ncss: {style}\n")).unwrap();
    for name in [format!("{script}.js"), format!("{wasm}.wasm"), format!("{style}.css")] {
        fs::write(packages.join(format!("vitosha.{name}")), "/* nothing */").unwrap();
    }
    fs::write(place.join("site/icons.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    place
}

/// Places of runs long over: each holds a whole program.
fn forget_old_places() {
    let hour = Duration::from_secs(3600);
    for entry in fs::read_dir(env!("CARGO_TARGET_TMPDIR")).unwrap().flatten() {
        let old = entry.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        let ours = entry.file_name().to_string_lossy().starts_with("program-");
        if ours && old.is_some_and(|age| age > hour) {
            // Another run may be doing the same.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The program, ready for its arguments, without anything of our own environment.
pub fn command(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    command_at(&PLACE, arguments)
}

/// The program at another place.
pub fn command_at(place: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(place.join("vitosha"));
    command.args(arguments).env_clear().current_dir("/").stdin(Stdio::null());
    command
}

/// Code, standard output and error of a program that should end by itself.
pub fn ended(mut command: Command) -> (Option<i32>, String, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let status = wait(&mut child, PATIENCE);
    if status.is_none() {
        child.kill().unwrap();
    }
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    assert!(status.is_some(), "it did not end: {}", text(output.stderr));
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn wait(child: &mut Child, patience: Duration) -> Option<std::process::ExitStatus> {
    let started = Instant::now();
    while started.elapsed() < patience {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(5));
    }
    None
}

/// A running program.
pub struct Program {
    child: Child,
    pub origin: String,
    pub directory: TempDir,
    log: Arc<Mutex<String>>,
    reader: Option<thread::JoinHandle<()>>,
    /// Kept open: who says something wants to be heard.
    said: BufReader<ChildStdout>,
}

impl Program {
    /// In front of a provider.
    pub fn before(provider: &Provider) -> Self {
        Self::with(&["--api-url", &provider.api_url()], &[])
    }

    /// With these arguments besides address and data directory, and these variables.
    pub fn with(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::at(tempfile::tempdir().unwrap(), arguments, variables)
    }

    /// With the data of one before.
    pub fn at(directory: TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::start(&PLACE, directory, arguments, variables)
    }

    /// The next build, with the data of one before, in front of a provider.
    pub fn of_next_build(directory: TempDir, provider: &Provider) -> Self {
        Self::start(&NEXT_PLACE, directory, &["--api-url", &provider.api_url()], &[])
    }

    fn start(place: &Path, directory: TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let data = directory.path().display().to_string();
        let mut command = command_at(place, ["--addr", "127.0.0.1:0", "--data-dir", &data]);
        command.args(arguments).envs(variables.iter().copied());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (mut errors, kept) = (child.stderr.take().unwrap(), Arc::clone(&log));
        let reader = thread::spawn(move || {
            let mut piece = [0; 8192];
            while let Ok(length @ 1..) = errors.read(&mut piece) {
                kept.lock().unwrap().push_str(&String::from_utf8_lossy(&piece[..length]));
            }
        });
        let (mut said, mut first) = (BufReader::new(child.stdout.take().unwrap()), String::new());
        said.read_line(&mut first).unwrap();
        let origin = first.trim().strip_prefix("Vitosha listens at ").map(str::to_owned);
        let origin = origin.unwrap_or_else(|| panic!("it did not start: {first}{}", log.lock().unwrap()));
        Self { child, origin, directory, log, reader: Some(reader), said }
    }

    /// What it has written to the log so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The next thing it says.
    pub fn says(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    /// As a service manager stops it.
    pub fn tell_to_stop(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// How long it took to end, and its code.
    pub fn wait(&mut self, patience: Duration) -> Option<(Duration, Option<i32>)> {
        let started = Instant::now();
        wait(&mut self.child, patience).map(|status| (started.elapsed(), status.code()))
    }

    /// Stops it; gives its data and its whole log.
    pub fn stop(mut self) -> (TempDir, String) {
        self.tell_to_stop();
        self.wait(PATIENCE).expect("it ends");
        self.reader.take().unwrap().join().unwrap();
        let directory = std::mem::replace(&mut self.directory, tempfile::tempdir().unwrap());
        (directory, self.log())
    }

    /// The browser of somebody who has not been here.
    pub fn browser(&self) -> Browser {
        let client = Client::builder().no_proxy().redirect(Policy::none()).timeout(PATIENCE).build().unwrap();
        Browser { client, to: self.origin.clone(), origin: self.origin.clone(), cookie: None }
    }

    /// The browser of somebody who has signed in.
    pub async fn signed_in(&self, token: &str) -> Browser {
        let mut browser = self.browser();
        browser.sign_in(token).await;
        browser
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All bytes of the files of a directory.
pub fn bytes_in(directory: &Path) -> Vec<u8> {
    let files = fs::read_dir(directory).unwrap();
    files.flat_map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}

/// A sandbox with one account.
pub struct Provider {
    pub base: String,
    pub world: String,
    pub write: String,
    pub read: String,
    sandbox: Sandbox,
    client: Client,
}

impl Provider {
    pub async fn open(seed: Seed) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Options::default());
        let serving = sandbox.clone();
        tokio::spawn(async move { serving.serve(listener, std::future::pending()).await });
        let account = sandbox.open_account(wish(seed)).unwrap();
        let client = Client::builder().no_proxy().build().unwrap();
        Self {
            base,
            world: account.id,
            write: account.write_token,
            read: account.read_token,
            sandbox,
            client,
        }
    }

    /// The write token of another account.
    pub fn another(&self, seed: Seed) -> String {
        self.sandbox.open_account(wish(seed)).unwrap().write_token
    }

    /// Another account of the same provider.
    pub fn another_world(&self, seed: Seed) -> Self {
        let account = self.sandbox.open_account(wish(seed)).unwrap();
        Self {
            base: self.base.clone(),
            world: account.id,
            write: account.write_token,
            read: account.read_token,
            sandbox: self.sandbox.clone(),
            client: self.client.clone(),
        }
    }

    pub fn api_url(&self) -> String {
        format!("{}/v1", self.base)
    }

    pub async fn order(&self, call: &str, body: Value) {
        let url = format!("{}/_sandbox/{call}?account={}", self.base, self.world);
        let answer = self.client.post(url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{call}: {}", answer.text().await.unwrap());
    }

    pub async fn calm(&self) {
        let url = format!("{}/_sandbox/force?account={}", self.base, self.world);
        assert!(self.client.delete(url).send().await.unwrap().status().is_success());
    }

    /// Everything that was asked, oldest first.
    pub async fn journal(&self) -> Vec<Value> {
        let url = format!("{}/_sandbox/journal?account={}", self.base, self.world);
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    pub async fn forget_journal(&self) {
        let url = format!("{}/_sandbox/journal?account={}", self.base, self.world);
        assert!(self.client.delete(url).send().await.unwrap().status().is_success());
    }

    pub async fn asked(&self, operation: &str) -> usize {
        let journal = self.journal().await;
        journal.iter().filter(|entry| entry["operation"] == operation).count()
    }

    pub async fn tell(&self, path: &str) -> Value {
        let request = self.client.get(format!("{}/v1{path}", self.base)).bearer_auth(&self.write);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// The id of the first row of a list.
    pub async fn first(&self, path: &str) -> String {
        self.tell(path).await["data"][0]["id"].to_string()
    }

    /// Where a page of the table is in this account.
    pub async fn place(&self, page: &pages::Page) -> String {
        match &page.objects {
            Some(list) => page.at(&self.first(list).await),
            None => page.at(""),
        }
    }

    /// Addresses of every page of the account.
    pub async fn pages(&self) -> Vec<String> {
        let mut addresses = Vec::new();
        for page in pages::table().iter().filter(|page| !page.open) {
            addresses.push(self.place(page).await);
        }
        addresses
    }
}

fn wish(seed: Seed) -> NewAccount {
    NewAccount { seed, rate_limit: Some(1_000_000), ..NewAccount::default() }
}

/// A browser: sends its origin with forms, keeps its cookie, follows nothing by itself.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    /// Where it connects to.
    pub to: String,
    /// What it takes for the address of the site.
    pub origin: String,
    pub cookie: Option<String>,
}

impl Browser {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.to));
        let request = request.header("host", self.origin.split_once("://").unwrap().1);
        match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// The same browser, led here under another name.
    pub fn under(&self, host: &str) -> Self {
        Self { origin: format!("http://{host}"), ..self.clone() }
    }

    /// Status and text of a page.
    pub async fn page(&self, path: &str) -> (u16, String) {
        let answer = self.get(path).await;
        (answer.status().as_u16(), text(answer).await)
    }

    /// A form, as it is sent from one of our own pages.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request(Method::POST, path).header(ORIGIN, &self.origin);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(body).send().await.unwrap()
    }

    /// Signs in; the cookie is kept.
    pub async fn sign_in(&mut self, token: &str) -> Response {
        let answer = self.send("/do/sign-in", &[("token", token)]).await;
        assert_eq!(location(&answer), "/", "signed in");
        self.cookie = cookie(answer.headers());
        assert!(self.cookie.is_some());
        answer
    }

    /// The hidden fields of the (first) form on a page.
    pub async fn hidden(&self, path: &str) -> Hidden {
        let (_, page) = self.page(path).await;
        let field = |name| attribute(&page, name);
        Hidden { account: field("account"), once: field("once"), seal: field("seal") }
    }
}

/// What a form of ours carries besides what is typed.
pub struct Hidden {
    pub account: String,
    pub once: String,
    pub seal: String,
}

impl Hidden {
    /// With what was typed.
    pub fn with<'a>(&'a self, typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let own = [("account", self.account.as_str()), ("once", &self.once), ("seal", &self.seal)];
        own.into_iter().chain(typed.iter().copied()).collect()
    }
}

/// The value of a hidden field.
fn attribute(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no field {name}: {page}"));
    rest.split_once('"').unwrap().0.to_owned()
}

/// Name and value of the cookie that is set.
pub fn cookie(headers: &HeaderMap) -> Option<String> {
    let set = headers.get(SET_COOKIE)?.to_str().unwrap();
    Some(set.split(';').next().unwrap().to_owned())
}

/// The text of a page, without the marks that the renderer puts between views.
pub async fn text(page: Response) -> String {
    page.text().await.unwrap().replace("<!>", "")
}

/// Where a redirect leads; empty if nowhere.
pub fn location(answer: &Response) -> String {
    let place = answer.headers().get(LOCATION);
    place.map(|place| place.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// Asks for something that nobody answers.
pub fn nowhere() -> Value {
    json!({ "operation": "*", "reset": true, "times": 0 })
}

/// Whether an address answers with 200 within some seconds.
pub async fn until_answered(client: &Client, url: &str) -> bool {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(5) {
        if client.get(url).send().await.is_ok_and(|answer| answer.status() == 200) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}
