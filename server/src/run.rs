//! Start and stop.

use std::{fs, io, io::Write, net::SocketAddr, path::Path, process::ExitCode, sync::Arc, time::Duration};

use app::{Demo, House, Throttle};
use etcetera::BaseStrategy;
use gateway::{Gateway, KeyError, SealingKey, Settings, StartError, StorageError, Timings};
use tokio::{net::TcpListener, sync::watch};
use tracing_subscriber::EnvFilter;
use url::Url;
use vpsbg_sandbox::{DEMO_READ_TOKEN, DEMO_WRITE_TOKEN, Options, Sandbox};

use crate::{Command, Config, LogFormat, Metrics, SandboxConfig, ServeConfig, SiteFiles, stack};

/// How long requests may take to finish after the program was told to stop; longer if the provider has not yet
/// answered what they changed.
const GRACE: Duration = Duration::from_secs(10);
/// How long these may take to tell their browsers.
const MOMENT: Duration = Duration::from_secs(1);
/// Requests a minute of the demo: enough for somebody who clicks about, few enough to see the limit work.
const DEMO_LIMIT: u32 = 600;

/// Why the program cannot run; the number is its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// A flag does not fit the others.
    Usage = 2,
    /// The address is taken or not ours.
    Address = 3,
    /// The data directory cannot be used.
    Data = 4,
    /// The key is missing, damaged, or another one.
    Key = 5,
    /// The site's files are missing.
    Site = 6,
    /// Anything else.
    Other = 1,
}

struct Failure(Exit, String);

impl Failure {
    fn of(exit: Exit) -> impl Fn(String) -> Self {
        move |words| Self(exit, words)
    }
}

/// Runs the program until it is told to stop.
pub fn run(config: Config) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&Failure(Exit::Other, format!("no runtime: {error}"))),
    };
    let result = runtime.block_on(async {
        match config.command {
            Some(Command::Sandbox(config)) => sandbox(config).await,
            Some(Command::Serve(config)) => serve(*config).await,
            None => serve(config.serve).await,
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failed(&failure),
    }
}

fn failed(failure: &Failure) -> ExitCode {
    let _ = writeln!(io::stderr(), "vitosha: {}", failure.1);
    ExitCode::from(failure.0 as u8)
}

/// Says something to whoever started the program; nobody needs to listen.
fn say(words: &str) {
    let _ = writeln!(io::stdout(), "{words}");
}

fn log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

async fn sandbox(config: SandboxConfig) -> Result<(), Failure> {
    log(config.log_format);
    let (listener, address) = listen(config.addr, "--addr").await?;
    say(&format!("Sandbox listens at http://{address}"));
    say(&format!("Its API is at http://{address}/v1, its controls at http://{address}/_sandbox."));
    say(&format!("Tokens: {DEMO_WRITE_TOKEN} (read and write), {DEMO_READ_TOKEN} (read only)"));
    let options = Options { control_from_anywhere: config.open_controls, ..Options::default() };
    let served = Sandbox::new(options).serve(listener, told_to_stop()).await;
    served.map_err(|error| Failure(Exit::Other, format!("the sandbox broke: {error}")))
}

async fn serve(config: ServeConfig) -> Result<(), Failure> {
    log(config.log_format);
    let api_given = config.api_url.as_str() != "https://api.vpsbg.eu/v1";
    if config.demo && api_given {
        let words = "--demo runs its own sandbox: leave out --api-url (or VITOSHA_API_URL)";
        return Err(Failure(Exit::Usage, words.to_owned()));
    }
    let open = config.metrics_addr.filter(|address| !address.ip().is_loopback() && !config.metrics_anywhere);
    if let Some(address) = open {
        let words = format!(
            "--metrics-addr {address} can be reached by other machines: choose 127.0.0.1, or allow it with \
             --metrics-anywhere"
        );
        return Err(Failure(Exit::Usage, words));
    }
    let files = SiteFiles::find().map_err(Failure::of(Exit::Site))?;
    // What strangers do in a demo ends with it. Kept here until then.
    let passing = match config.data_dir {
        None if config.demo => {
            let made = tempfile::Builder::new().prefix("vitosha-demo-").tempdir();
            Some(made.map_err(|error| {
                Failure(Exit::Data, format!("no directory for the demo ({error}); give --data-dir"))
            })?)
        }
        _ => None,
    };
    let directory = match &passing {
        Some(passing) => passing.path().to_owned(),
        None => data_directory(&config)?,
    };
    let key = key(&config, &directory)?;
    let (listener, address) = listen(config.addr, "--addr").await?;
    let measuring = match config.metrics_addr {
        Some(address) => Some(listen(address, "--metrics-addr").await?),
        None => None,
    };
    let public = match config.public_url {
        Some(url) => url,
        None => format!("http://{address}").parse().map_err(|problem: String| {
            let words = format!("--public-url is needed when listening at {address}: {problem}");
            Failure(Exit::Usage, words)
        })?,
    };
    let (stopping, stopped) = watch::channel(false);
    let stopping = Arc::new(stopping);
    let (api_url, demo) = if config.demo { embedded(stopped.clone()).await? } else { (config.api_url, None) };
    let settings = Settings { api_url, directory, key, timings: Timings::default() };
    let gateway = Gateway::start(settings).await.map_err(start_failure)?;
    if let Some(demo) = &demo {
        for token in [demo.write_token, demo.read_token] {
            let forgotten = gateway.forget_demo(token).await;
            forgotten.map_err(|error| Failure(Exit::Data, error.to_string()))?;
        }
    }
    tokio::spawn(gateway.clone().keep_house());
    let house = House {
        gateway: gateway.clone(),
        demo,
        version: files.version(),
        throttle: Arc::new(Throttle::default()),
        stopping: Arc::clone(&stopping),
    };
    if public.is_https() && address.ip().is_loopback() && config.trusted_proxy.is_empty() {
        tracing::warn!(
            "no --trusted-proxy: everybody seems to come from the proxy's address, also for the sign-in throttle"
        );
    }
    let origin = public.origin();
    let metrics = Metrics::new(gateway.clone(), &files.version());
    let proxies = &config.trusted_proxy;
    let router = stack(files.leptos_options(), house, &files, public, proxies, metrics.clone());
    say(&format!("Vitosha listens at http://{address}"));
    if origin != format!("http://{address}") {
        say(&format!("People reach it at {origin}"));
    }
    if demo.is_some() {
        say("It is a demo: its servers are invented, its state ends with the program.");
        say(&format!("Tokens: {DEMO_WRITE_TOKEN} (read and write), {DEMO_READ_TOKEN} (read only)"));
    }
    if let Some((listener, address)) = measuring {
        say(&format!("Numbers for Prometheus are at http://{address}/metrics"));
        let mut stopped = stopped.clone();
        let stop = async move {
            let _ = stopped.wait_for(|stopping| *stopping).await;
        };
        tokio::spawn(async move {
            if let Err(error) = metrics.serve(listener, config.metrics_anywhere, stop).await {
                tracing::error!(%error, "the numbers for Prometheus are no longer served");
            }
        });
    }
    let asked = gateway.clone();
    tokio::spawn(async move {
        if !asked.reaches_provider().await {
            tracing::warn!("the provider cannot be reached right now; pages will say so until it answers");
        }
    });
    let stop = {
        let stopping = Arc::clone(&stopping);
        async move {
            told_to_stop().await;
            tracing::info!("stopping");
            // Streams end now; requests may finish.
            stopping.send_replace(true);
        }
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(stop);
    let mut told = stopped;
    let grace = async {
        let _ = told.wait_for(|stopping| *stopping).await;
        tokio::join!(tokio::time::sleep(GRACE), gateway.finish_changes());
        tokio::time::sleep(MOMENT).await;
    };
    tokio::select! {
        served = server => served.map_err(|error| Failure(Exit::Other, format!("the server broke: {error}")))?,
        () = grace => tracing::warn!("some requests did not finish in time"),
    }
    gateway.close().await;
    drop(passing);
    Ok(())
}

/// The sandbox inside this program, on a port of its own that only this machine reaches.
async fn embedded(stopped: watch::Receiver<bool>) -> Result<(Url, Option<Demo>), Failure> {
    let (listener, address) = listen(SocketAddr::from(([127, 0, 0, 1], 0)), "--addr").await?;
    let sandbox = Sandbox::new(Options { rate_limit: DEMO_LIMIT, ..Options::default() });
    let mut stopped = stopped;
    tokio::spawn(async move {
        let stop = async move {
            let _ = stopped.wait_for(|stopping| *stopping).await;
        };
        if let Err(error) = sandbox.serve(listener, stop).await {
            tracing::error!(%error, "the sandbox broke");
        }
    });
    let url = Url::parse(&format!("http://{address}/v1"))
        .map_err(|error| Failure(Exit::Other, format!("the sandbox has no address: {error}")))?;
    Ok((url, Some(Demo { write_token: DEMO_WRITE_TOKEN, read_token: DEMO_READ_TOKEN })))
}

/// Listens at what a flag says.
async fn listen(address: SocketAddr, flag: &str) -> Result<(TcpListener, SocketAddr), Failure> {
    let failed = |error: io::Error| {
        let words = match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!("{address} is taken by another program; choose another with {flag}")
            }
            io::ErrorKind::PermissionDenied => format!("listening at {address} is not allowed for this user"),
            _ => format!("cannot listen at {address}: {error}"),
        };
        Failure(Exit::Address, words)
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// The data directory, made if it is not there, and writable.
fn data_directory(config: &ServeConfig) -> Result<std::path::PathBuf, Failure> {
    let directory = match &config.data_dir {
        Some(directory) => directory.clone(),
        None => etcetera::choose_base_strategy()
            .map(|strategy| strategy.data_dir().join("vitosha"))
            .map_err(|error| Failure(Exit::Data, format!("no home directory ({error}); give --data-dir")))?,
    };
    let unusable = |error: io::Error| {
        Failure(Exit::Data, format!("the data directory {} cannot be written: {error}", directory.display()))
    };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&directory).map_err(unusable)?;
    let probe = directory.join(".writable");
    fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe)).map_err(unusable)?;
    Ok(directory)
}

fn key(config: &ServeConfig, directory: &Path) -> Result<SealingKey, Failure> {
    let failed = |error: KeyError| Failure(Exit::Key, error.to_string());
    if let Ok(text) = std::env::var("VITOSHA_KEY") {
        SealingKey::from_hex(&text).map_err(failed)
    } else {
        let file = config.key_file.clone().unwrap_or_else(|| directory.join("key"));
        SealingKey::from_file(&file).map_err(failed)
    }
}

fn start_failure(error: StartError) -> Failure {
    let exit = match &error {
        StartError::Key(_) | StartError::Storage(StorageError::WrongKey) => Exit::Key,
        StartError::Storage(_) => Exit::Data,
        StartError::PlainAddress(_) => Exit::Usage,
        StartError::Http(_) => Exit::Other,
    };
    Failure(exit, error.to_string())
}

/// Resolves at Ctrl-C, or at the signal by which services are stopped.
async fn told_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminate) = terminate else { return interrupt.await };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
