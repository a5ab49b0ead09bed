//! Chromium without a window, told what to do over its `DevTools` protocol: look, click, type, take a picture. What a click
//! meets is what a person would meet: it goes to a place on the screen, not to an element.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Once;
use std::time::Duration;

use base64::Engine as _;
use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::program::root;

/// Longer than anything takes that does happen, also on a busy machine.
const SOON: Duration = Duration::from_secs(30);
/// What Chromium is called.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// The variable that makes a missing Chromium a failure.
const REQUIRED: &str = "YUANWEN_REQUIRE_CHROMIUM";

/// Whether it was said that Chromium is missing.
static SAID: Once = Once::new();

/// A screen: its size in CSS pixels, and whether it is touched and dark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Screen {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) phone: bool,
    pub(super) dark: bool,
}

/// One tab of a Chromium of its own.
pub(super) struct Browser {
    socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
    session: Option<String>,
    calls: u64,
    /// What the page complained of.
    complaints: Vec<String>,
    _process: Child,
    _profile: tempfile::TempDir,
}

/// Where Chromium is; `None`, and a word about it, where it is not.
///
/// # Panics
/// Where it is not and the environment demands it.
pub(super) fn installed() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let places = std::env::split_paths(&folders).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    let found = places.into_iter().find(|place| place.is_file());
    if found.is_none() {
        assert!(std::env::var_os(REQUIRED).is_none(), "{REQUIRED} is set, and there is no Chromium on the PATH");
        // Past the capture of the test's output, and once: who reads the run shall know.
        SAID.call_once(|| {
            let _ =
                writeln!(std::io::stderr(), "skipped: the chat page is not tested, since there is no Chromium here");
        });
    }
    found
}

impl Browser {
    /// Starts Chromium and opens an address on a screen.
    pub(super) async fn open(chromium: &Path, url: &str, screen: Screen) -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(chromium);
        // It opens our page alone; root and containers have no sandbox to give.
        command.args(["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run"]);
        command.args(["--remote-debugging-port=0", "--lang=zh-CN", "--force-color-profile=srgb", "about:blank"]);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn().expect("Chromium starts");
        let mut lines = BufReader::new(process.stderr.take().expect("its errors are a pipe")).lines();
        let mut said = String::new();
        let listening = async {
            while let Some(line) = lines.next_line().await.expect("what Chromium says is UTF-8") {
                if let Some(address) = line.strip_prefix("DevTools listening on ") {
                    return address.to_owned();
                }
                let _ = writeln!(said, "{line}");
            }
            panic!("Chromium ended:\n{said}");
        };
        let address = tokio::time::timeout(SOON, listening).await.expect("Chromium listens");
        // Read on, so that it never waits for us.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let (socket, _) = connect_async(address).await.expect("Chromium answers");
        let mut browser =
            Self { socket, session: None, calls: 0, complaints: Vec::new(), _process: process, _profile: profile };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"})).await["targetId"].clone();
        let attached = browser.call("Target.attachToTarget", json!({"targetId": target, "flatten": true})).await;
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            browser.call(domain, json!({})).await;
        }
        browser.turn(screen).await;
        browser.call("Page.navigate", json!({"url": url})).await;
        browser
    }

    /// Another screen for the same page.
    pub(super) async fn turn(&mut self, screen: Screen) {
        let Screen { width, height, phone, dark } = screen;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone});
        self.call("Emulation.setDeviceMetricsOverride", size).await;
        self.call("Emulation.setTouchEmulationEnabled", json!({"enabled": phone})).await;
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}
        ]);
        self.call("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// Sends one command and gives its result.
    async fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let id = self.calls;
        let mut command = json!({"id": id, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            command["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(command.to_string())).await.expect("Chromium listens");
        let answered = async {
            loop {
                let message = self.socket.next().await.expect("Chromium is there").expect("Chromium is there");
                let Message::Text(text) = message else { continue };
                let mut heard: Value = serde_json::from_str(&text).expect("Chromium speaks JSON");
                if heard["id"] == id {
                    assert!(heard.get("error").is_none(), "{method}: {}", heard["error"]);
                    return heard["result"].take();
                }
                let is_error = heard["params"]["entry"]["level"] == "error";
                if heard["method"] == "Runtime.exceptionThrown" || is_error {
                    self.complaints.push(heard["params"].to_string());
                }
            }
        };
        tokio::time::timeout(SOON, answered).await.unwrap_or_else(|_| panic!("{method} has no answer"))
    }

    /// What an expression of JavaScript is in the page; a promise is awaited.
    pub(super) async fn value(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.call("Runtime.evaluate", asked).await;
        assert!(answer.get("exceptionDetails").is_none(), "{expression}\n{}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// Waits until an expression is true of the page.
    pub(super) async fn until(&mut self, condition: &str) {
        // The page is asked again and again inside itself: what it waits for comes from the bot, in its own time.
        let wait = format!(
            "new Promise(done => {{ const end = Date.now() + {}; const look = () => {{ \
             if ({condition}) done(true); else if (Date.now() > end) done(false); else setTimeout(look, 20); }}; look(); }})",
            SOON.as_millis() / 2
        );
        if self.value(&wait).await != Value::Bool(true) {
            let path = self.picture("failed").await;
            panic!("it never came to be that {condition}; see {}", path.display());
        }
    }

    /// Clicks what a selector finds first, or what has these words among what it finds.
    pub(super) async fn click(&mut self, selector: &str, words: &str) {
        let (selector, words) = (json!(selector), json!(words));
        let find = format!(
            "[...document.querySelectorAll({selector})].filter(e => e.innerText.includes({words}) && e.checkVisibility()).at(-1)"
        );
        self.until(&format!("{find} && !{find}.disabled")).await;
        let place = self
            .value(&format!(
                "(() => {{ const e = {find}; e.scrollIntoView({{block: 'nearest'}}); const r = e.getBoundingClientRect(); \
                 const x = r.x + r.width / 2, y = r.y + r.height / 2; \
                 return {{x, y, met: e.contains(document.elementFromPoint(x, y))}}; }})()"
            ))
            .await;
        assert_eq!(
            place["met"], true,
            "{selector} {words} cannot be clicked: something lies over it, or it is off the screen"
        );
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event).await;
        }
    }

    /// Types into what has the focus.
    pub(super) async fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", json!({"text": text})).await;
    }

    /// Chooses a file, as a person does in the dialogue that the page opens.
    pub(super) async fn choose_file(&mut self, selector: &str, path: &Path) {
        let document = self.call("DOM.getDocument", json!({})).await;
        let found = json!({"nodeId": document["root"]["nodeId"], "selector": selector});
        let node = self.call("DOM.querySelector", found).await["nodeId"].clone();
        self.call("DOM.setFileInputFiles", json!({"nodeId": node, "files": [path]})).await;
    }

    /// Presses Enter.
    pub(super) async fn enter(&mut self) {
        for kind in ["keyDown", "keyUp"] {
            let event =
                json!({"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"});
            self.call("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Keeps a picture of the screen and gives its path.
    pub(super) async fn picture(&mut self, name: &str) -> PathBuf {
        let shot = self.call("Page.captureScreenshot", json!({"format": "png"})).await;
        let bytes = base64::prelude::BASE64_STANDARD.decode(shot["data"].as_str().unwrap()).expect("a picture");
        let folder = root().join("target/page");
        std::fs::create_dir_all(&folder).expect("the folder of the pictures can be made");
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, bytes).expect("a picture is written");
        let _ = writeln!(std::io::stderr(), "picture: target/page/{name}.png");
        path
    }

    /// Ends Chromium. The page must not have complained.
    pub(super) async fn close(mut self) {
        assert!(self.complaints.is_empty(), "the page complained: {:#?}", self.complaints);
        self.session = None;
        self.call("Browser.close", json!({})).await;
    }
}
