//! What can be installed on a server: operating systems and app templates (FACTS §4).
//! Of the ids only 73 is known; the others are filler, and so is every version beyond Ubuntu 22.04.

use serde_json::{Value, json};

/// An installable image.
#[derive(Debug)]
pub(crate) struct Image {
    pub id: i64,
    pub name: &'static str,
    group: Group,
}

/// Name, type and key of a family.
type Group = (&'static str, &'static str, &'static str);

const UBUNTU: Group = ("Ubuntu", "os", "ubuntu");
const DEBIAN: Group = ("Debian", "os", "debian");
const ALMA: Group = ("AlmaLinux", "os", "almalinux");
const ROCKY: Group = ("Rocky Linux", "os", "rocky");
const WINDOWS: Group = ("Windows", "os", "windows");

const fn image(id: i64, name: &'static str, group: Group) -> Image {
    Image { id, name, group }
}

const fn app(id: i64, name: &'static str, key: &'static str) -> Image {
    Image { id, name, group: (name, "app", key) }
}

pub(crate) static IMAGES: [Image; 25] = [
    image(73, "Ubuntu 22.04", UBUNTU),
    image(81, "Ubuntu 24.04", UBUNTU),
    image(90, "Ubuntu 26.04", UBUNTU),
    image(75, "Debian 12", DEBIAN),
    image(86, "Debian 13", DEBIAN),
    image(77, "AlmaLinux 9", ALMA),
    image(88, "AlmaLinux 10", ALMA),
    image(78, "Rocky Linux 9", ROCKY),
    image(80, "Windows Server 2022", WINDOWS),
    image(89, "Windows Server 2025", WINDOWS),
    app(95, "WireGuard", "wireguard"),
    app(96, "WordPress", "wordpress"),
    app(97, "CyberPanel", "cyberpanel"),
    // Two flavours of one template share a group.
    image(98, "Docker (Debian)", ("Docker", "app", "docker")),
    image(99, "Docker (AlmaLinux)", ("Docker", "app", "docker")),
    app(100, "Laravel", "laravel"),
    image(101, "LEMP (Debian)", ("LEMP", "app", "lemp")),
    image(102, "LEMP (AlmaLinux)", ("LEMP", "app", "lemp")),
    image(103, "MySQL (Debian)", ("MySQL", "app", "mysql")),
    image(104, "MySQL (AlmaLinux)", ("MySQL", "app", "mysql")),
    app(105, "n8n", "n8n"),
    app(106, "Nextcloud", "nextcloud"),
    app(107, "OpenClaw", "openclaw"),
    image(108, "Webmin (Debian)", ("Webmin", "app", "webmin")),
    image(109, "Webmin (AlmaLinux)", ("Webmin", "app", "webmin")),
];

impl Image {
    pub fn named(name: &str) -> Option<&'static Self> {
        IMAGES.iter().find(|image| image.name == name)
    }

    pub fn by_id(id: i64) -> Option<&'static Self> {
        IMAGES.iter().find(|image| image.id == id)
    }

    pub fn is_windows(&self) -> bool {
        self.group.2 == "windows"
    }

    /// First steps with an app template; none for an operating system (design: the real text is unknown).
    pub fn first_steps(&self, ip: &str) -> Option<String> {
        let (name, kind, key) = self.group;
        let address = match key {
            "cyberpanel" => format!("https://{ip}:8090"),
            "webmin" => format!("https://{ip}:10000"),
            "n8n" => format!("http://{ip}:5678"),
            "wordpress" | "nextcloud" | "openclaw" | "laravel" | "lemp" => format!("http://{ip}"),
            _ => String::new(),
        };
        let open = if address.is_empty() { String::new() } else { format!(" It answers at {address}.") };
        (kind == "app").then(|| format!("{name} is ready. Sign in as root to finish the setup.{open}"))
    }

    /// `ServerImage`
    pub fn json(&self) -> Value {
        let (name, kind, key) = self.group;
        json!({"id": self.id, "name": self.name, "group": {"name": name, "type": kind, "key": key}})
    }
}
